import { execFile } from 'node:child_process';
import { neutralEnvironment } from '../../local/environment';

/**
 * Runs `number-orders` as an operator would: returns the exit code and everything it printed.
 * @param cli the compiled program
 */
export function numberOrders(
  cli: string,
  args: string[],
  settings: Record<string, string>,
): Promise<{ code: unknown; printed: string }> {
  const env = { ...neutralEnvironment(), ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, printed: out + err });
    });
  });
}
