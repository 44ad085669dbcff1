/**
 * Preloaded into a process under test (NODE_OPTIONS=--require …): tells its resident memory in bytes, on a line of stdout
 * among its log, whenever that has grown by a megabyte, and every half second.
 */
const { isMainThread } = require('node:worker_threads');

const MiB = 1024 * 1024;

let told = 0;
let toldAt = 0;

function tell() {
  const rss = process.memoryUsage.rss();
  if (rss < told + MiB && Date.now() < toldAt + 500) return;
  told = rss;
  toldAt = Date.now();
  process.stdout.write(`${JSON.stringify({ level: 20, msg: 'memory', rss })}\n`);
}

// Threads inherit the option, and share the memory.
if (isMainThread) setInterval(tell, 10).unref();
