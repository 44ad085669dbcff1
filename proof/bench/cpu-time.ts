import { readdirSync, readFileSync } from 'node:fs';

/** The unit of /proc: Linux reports a hundredth of a second on every machine. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  ticks: number;
}

/** Milliseconds of CPU that a process and its descendants have used, see proc(5). */
export function cpuTimeOf(pid: number): number {
  const stats = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => statOf(Number(name))),
  );
  const belongs = (id: number): boolean => {
    const parent = stats.get(id)?.parent ?? 0;
    return id === pid || (parent > 1 && belongs(parent));
  };
  let ticks = 0;
  for (const [id, stat] of stats) if (belongs(id)) ticks += stat.ticks;
  return ticks * TICK_MS;
}

/** Empty if it has ended meanwhile. */
function statOf(pid: number): [number, Stat][] {
  try {
    // The name, in parentheses, can contain any character.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    // Fields 14 to 17: its own time, and the time of its children that have ended.
    return [[pid, { parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) }]];
  } catch {
    return [];
  }
}
