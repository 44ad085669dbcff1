#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { run } from './run';

const write = (stream: NodeJS.WriteStream) => (output: string) => {
  stream.write(output);
};

/** As a shell tells it of a program that SIGPIPE has ended. */
const NOBODY_READS = 141;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(NOBODY_READS);
    throw error;
  });
}

// Stands should the process ever run out of things to wait for before the command has ended.
process.exitCode = 1;

void run(process.argv.slice(2), {
  env: process.env,
  interactive: process.stdout.isTTY,
  out: write(process.stdout),
  err: write(process.stderr),
  readStdin: () => buffer(process.stdin),
}).then((exitCode) => {
  process.exitCode = exitCode;
  // What is left behind, such as the threads of a worker that could not be created, must not keep the process.
  process.stdout.write('', () => process.exit());
});
