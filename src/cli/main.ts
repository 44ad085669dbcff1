#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { run } from './run';

const write = (stream: NodeJS.WriteStream) => (output: string) => {
  stream.write(output);
};

// Stands should the process ever run out of things to wait for before the command has ended.
process.exitCode = 1;

void run(process.argv.slice(2), {
  env: process.env,
  interactive: process.stdout.isTTY,
  out: write(process.stdout),
  err: write(process.stderr),
  readStdin: () => text(process.stdin),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
