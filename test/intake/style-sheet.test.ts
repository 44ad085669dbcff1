import { styleSheet } from '../../src/intake/page/style-sheet';

const colour = (sheet: string, name: string, occurrence: number) =>
  [...sheet.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, 'g'))].at(occurrence)![1]!;

describe('the style sheet', () => {
  it.each(['#2456c8', '#ffee00', '#000000', '#ffffff', '#ff0000', '#00ff88', '#7f7f7f'])(
    'has readable contrast with every colour that a company can set: %s',
    (accent) => {
      const sheet = styleSheet(accent);
      expect(contrast(colour(sheet, 'on-accent', 0), accent)).toBeGreaterThanOrEqual(4.5);
      for (const [occurrence, dark] of [false, true].entries()) {
        for (const ground of ['ground', 'card', 'plain-ground'])
          expect([
            dark,
            ground,
            contrast(colour(sheet, 'link', occurrence), colour(sheet, ground, occurrence)) >= 4.5,
          ]).toEqual([dark, ground, true]);
      }
    },
  );
});

/** By WCAG 2's definition, on its own. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const part = parseInt(hex.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
