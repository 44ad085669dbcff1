#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { run } from './run';

const write = (stream: NodeJS.WriteStream) => (output: string) => {
  stream.write(output);
};

/** The exit code that a shell reports after SIGPIPE. */
const NOBODY_READS = 141;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(NOBODY_READS);
    throw error;
  });
}

// Used if the event loop runs empty before the command has ended.
process.exitCode = 1;

void run(process.argv.slice(2), {
  env: process.env,
  interactive: process.stdout.isTTY,
  out: write(process.stdout),
  err: write(process.stderr),
  readStdin: () => buffer(process.stdin),
}).then((exitCode) => {
  process.exitCode = exitCode;
  // Leftovers, such as the threads of a worker that could not be created, must not keep the process alive.
  process.stdout.write('', () => process.exit());
});
