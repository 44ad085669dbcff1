import { neutralEnvironment } from './environment';
import { fakeSinchProgram, workerProgram } from './paths';
import type { ManagedProcess, Processes } from './processes';

/**
 * Starts a fake Sinch on any free port.
 * @param settings see docs/fake-sinch.md, as environment
 * @returns its base URL
 */
export async function startFakeSinch(processes: Processes, settings: Record<string, string> = {}): Promise<string> {
  const fake = processes.start({
    name: 'fake-sinch',
    command: process.execPath,
    args: [fakeSinchProgram],
    env: { ...neutralEnvironment(), ...settings },
  });
  return fake.whenReady((output) => /Fake Sinch at (http:[^,\s]+)/.exec(output)?.[1]);
}

export interface WorkerOptions {
  /** Of its log; `worker` when left out. */
  name?: string;
  /** A compiled one that says `Worker is running` once it is; the product's own when left out. */
  program?: string;
}

/** Starts a worker and waits until it takes orders. */
export async function startWorker(
  processes: Processes,
  settings: Record<string, string>,
  { name = 'worker', program = workerProgram }: WorkerOptions = {},
): Promise<ManagedProcess> {
  const worker = processes.start({
    name,
    command: process.execPath,
    args: [program],
    env: { ...neutralEnvironment(), ...settings },
  });
  await worker.whenReady((output) => output.includes('Worker is running') || undefined);
  return worker;
}
