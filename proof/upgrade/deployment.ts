import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { neutralEnvironment } from '../../local/environment';
import { dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import type { Temporal } from '../cluster/temporal';

const run = promisify(execFile);

/** The server takes a moment to know a version whose worker has just begun to poll. */
const TRIES = 100;
/** A version counts as drained once visibility has caught up, which the server waits three minutes for, twice. */
const DRAINED_WITHIN_MS = 15 * 60_000;

/** A worker deployment that is operated with the `temporal` CLI, as in docs/upgrades.md. Prints each command. */
export class Deployment {
  constructor(
    private readonly temporal: Pick<Temporal, 'address' | 'cliPath'>,
    readonly name: string,
  ) {}

  async setCurrent(buildId: string): Promise<void> {
    await this.whenKnown(['worker', 'deployment', 'set-current-version', ...this.version(buildId), '--yes']);
  }

  async ramp(buildId: string, percentage: number): Promise<void> {
    const ramp = ['--percentage', String(percentage), '--yes'];
    await this.whenKnown(['worker', 'deployment', 'set-ramping-version', ...this.version(buildId), ...ramp]);
  }

  /** Moves every open workflow of one version to another. */
  async move(from: string, to: string): Promise<void> {
    await this.tell([
      ...['workflow', 'update-options', '--query', `${this.queryOf(from)} AND ExecutionStatus = 'Running'`],
      ...['--yes', '--reason', 'an upgrade'],
      ...['--versioning-override-behavior', 'pinned'],
      ...['--versioning-override-deployment-name', this.name, '--versioning-override-build-id', to],
    ]);
  }

  /** The visibility query for a version's workflows. */
  queryOf(buildId: string): string {
    return `TemporalWorkerDeploymentVersion = '${this.name}:${buildId}'`;
  }

  /** Resolves when no open workflow is left on a version. */
  async drained(buildId: string): Promise<void> {
    const command = ['worker', 'deployment', 'describe-version', ...this.version(buildId), '--output', 'json'];
    print(dim(asTyped(command)));
    for (const until = Date.now() + DRAINED_WITHIN_MS; Date.now() < until;) {
      const { drainageInfo } = JSON.parse(await this.run(command)) as { drainageInfo?: { drainageStatus?: string } };
      if (drainageInfo?.drainageStatus === 'drained') return;
      await delay(5_000);
    }
    throw new ToldError(`The version ${buildId} is not drained.`);
  }

  private version(buildId: string): string[] {
    return ['--deployment-name', this.name, '--build-id', buildId];
  }

  private async whenKnown(command: string[]): Promise<void> {
    print(dim(asTyped(command)));
    for (let tries = 1; ; tries += 1) {
      try {
        await this.run(command);
        return;
      } catch (error) {
        if (tries === TRIES) throw error;
        await delay(500);
      }
    }
  }

  private async tell(command: string[]): Promise<void> {
    print(dim(asTyped(command)));
    await this.run(command);
  }

  private async run(command: string[]): Promise<string> {
    const { stdout } = await run(this.temporal.cliPath, [...command, '--address', this.temporal.address], {
      env: neutralEnvironment(),
    });
    return stdout;
  }
}

const asTyped = (command: string[]) =>
  `$ temporal ${command.map((word) => (/^[\w./:-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`;
