import { execFile } from 'node:child_process';
import { neutralEnvironment } from '../../local/environment';

/**
 * `number-orders` as an operator types it: the exit code and everything it printed.
 * @param cli compiled
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
