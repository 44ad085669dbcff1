import { cpus, totalmem } from 'node:os';

/** What a figure was measured on: processors, memory, the version of Node. */
export function thisMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`;
}
