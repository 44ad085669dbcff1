/** Colours where a person looks, and wants them: https://no-color.org */
const colourful = process.stdout.isTTY && !process.env.NO_COLOR;

const painted = (code: number) => (text: string) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = painted(1);
export const dim = painted(2);
export const red = painted(31);
export const green = painted(32);
export const yellow = painted(33);
export const cyan = painted(36);

/** To tell orders apart at a glance. */
export const ORDER_COLOURS = [34, 35, 36, 32].map(painted);

export function print(...lines: string[]): void {
  for (const line of lines) console.log(line);
}
