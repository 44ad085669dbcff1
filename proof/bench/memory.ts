import { readFileSync, writeFileSync } from 'node:fs';

/** Resident memory of a process in bytes, as Linux reports it. */
export class Memory {
  private readonly directory: string;

  constructor(pid: number | undefined) {
    this.directory = `/proc/${pid ?? 'unknown'}`;
  }

  now(): number {
    return this.read('VmRSS');
  }

  /** The highest since the process began, or since `forgetPeak`. */
  peak(): number {
    return this.read('VmHWM');
  }

  forgetPeak(): void {
    // 5 resets the peak, see proc(5).
    writeFileSync(`${this.directory}/clear_refs`, '5');
  }

  private read(field: 'VmRSS' | 'VmHWM'): number {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
      readFileSync(`${this.directory}/status`, 'utf8'),
    );
    return Number(kilobytes?.[1]) * 1_024;
  }
}
