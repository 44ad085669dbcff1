import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptPath } from './find-tool.mjs';
import { buildDirectory } from './paths.mjs';
import { SetupError, run } from './run.mjs';

// A network that swallows packets must not hold up the next source; a slow one that delivers may take its time.
const PATIENCE_MS = 20_000;

/**
 * Lets the SDK download the server of this `kind` ('dev-server' or 'time-skipping') and keeps it as `name`. Over TLS, and without
 * a checksum: none is published of what the SDK unpacks, and its default version moves.
 */
export async function downloadBySdk(kind, name) {
  const directory = join(buildDirectory, `sdk-${kind}`);
  mkdirSync(directory, { recursive: true });
  const start = join(dirname(fileURLToPath(import.meta.url)), 'start-downloaded.mjs');
  await run(process.execPath, [start, kind, directory], {
    name: `download ${name}`,
    keepWaiting: stillGrowing(directory),
  });

  const downloaded = filesBySize(directory)[0];
  if (!downloaded) throw new SetupError(`the SDK left nothing in ${directory}`);
  mkdirSync(dirname(keptPath(name)), { recursive: true });
  renameSync(downloaded.path, keptPath(name));
  return keptPath(name);
}

function stillGrowing(directory) {
  let lastSize = 0;
  let lastGrowth = Date.now();
  return () => {
    const size = filesBySize(directory).reduce((sum, file) => sum + file.size, 0);
    if (size > lastSize) lastGrowth = Date.now();
    lastSize = size;
    return Date.now() - lastGrowth < PATIENCE_MS;
  };
}

function filesBySize(directory) {
  return readdirSync(directory)
    .map((file) => join(directory, file))
    .map((path) => ({ path, size: statSync(path, { throwIfNoEntry: false })?.size ?? 0 }))
    .sort((a, b) => b.size - a.size);
}
