import { neutralEnvironment } from './environment';
import { cliProgram, fakeSinchProgram, workerProgram } from './paths';
import type { Processes, Program } from './processes';

/** A program that says when it is up. */
export interface Service extends Program {
  /** Asked of its output; undefined: not yet. */
  isReady: (output: string) => true | undefined;
}

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

interface WorkerOptions {
  /** Of its log; `worker` when left out. */
  name?: string;
  /** A compiled one that says `Worker is running` once it is; the product's own when left out. */
  program?: string | undefined;
}

export function worker(
  settings: Record<string, string>,
  { name = 'worker', program = workerProgram }: WorkerOptions = {},
): Service {
  return {
    name,
    command: process.execPath,
    args: [program],
    // MALLOC_ARENA_MAX: as in the Dockerfile.
    env: { ...neutralEnvironment(), MALLOC_ARENA_MAX: '2', ...settings },
    isReady: workerIsReady,
  };
}

/** Whether a worker's output says that it takes orders; undefined: not yet. */
export const workerIsReady = (output: string) => output.includes('Worker is running') || undefined;

/** Receives Sinch's callbacks where the settings say. */
export function callbackReceiver(settings: Record<string, string>): Service {
  return {
    name: 'callbacks',
    command: process.execPath,
    args: [cliProgram, 'callbacks'],
    env: { ...neutralEnvironment(), ...settings },
    isReady: (output) => output.includes('Callback receiver is listening') || undefined,
  };
}

/** Decrypts for Temporal's CLI and Web UI where the settings say. */
export function codecServer(settings: Record<string, string>): Service {
  return {
    name: 'codec',
    command: process.execPath,
    args: [cliProgram, 'codec'],
    env: { ...neutralEnvironment(), ...settings },
    isReady: (output) => output.includes('Codec server is listening') || undefined,
  };
}

/** Serves the KYC page where the settings say. */
export function intake(settings: Record<string, string>): Service {
  return {
    name: 'intake',
    command: process.execPath,
    args: [cliProgram, 'intake'],
    env: { ...neutralEnvironment(), ...settings },
    isReady: (output) => output.includes('Intake is listening') || undefined,
  };
}
