import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logDirectory } from './paths.mjs';

/** A failure whose message tells the reader all they need: printed without a stack. */
export class SetupError extends Error {}

export const done = (what, detail = '') => console.log(`  ✓ ${what.padEnd(18)} ${detail}`);
export const busy = (what, detail = '') => console.log(`  … ${what.padEnd(18)} ${detail}`);

export function fail(error) {
  console.error(`\nThe set-up failed.\n\n${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

/**
 * Runs a command with its output in a log file, saying every half minute that it is still at work.
 * Throws a SetupError that ends with the log's last lines when the command cannot be run or does not exit with 0.
 * `keepWaiting`, asked every second, may return false to give the command up.
 */
export async function run(command, args, { name, cwd, env, keepWaiting = () => true }) {
  mkdirSync(logDirectory, { recursive: true });
  const logFile = join(logDirectory, `${name.replaceAll(' ', '-')}.log`);
  const log = createWriteStream(logFile);
  const started = Date.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });

  const progress = setInterval(() => busy(name, `${Math.round((Date.now() - started) / 1000)} s so far`), 30_000);
  const patience = setInterval(() => {
    if (!keepWaiting()) child.kill('SIGKILL');
  }, 1000);
  const failure = await new Promise((resolve) => {
    child.once('error', (error) =>
      resolve(error.code === 'ENOENT' ? `${command} is not installed` : `${command} cannot be run: ${error.message}`),
    );
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : `${command} ended with ${signal ?? code}`));
  });
  clearInterval(progress);
  clearInterval(patience);
  await new Promise((resolve) => log.end(resolve));
  if (failure === undefined) return;

  const lastLines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n      ');
  throw new SetupError(lastLines ? `${failure}; the end of ${logFile}:\n      ${lastLines}` : failure);
}
