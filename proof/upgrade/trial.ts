import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FakeControl } from '../../local/fake-control';
import type { ManagedProcess, Processes } from '../../local/processes';
import { worker, workerIsReady } from '../../local/programs';
import { bold, print } from '../../local/terminal';
import { told, type Claim } from '../../local/verdict';
import type { ConnectedClient } from '../../src/client';
import type { OpenCluster } from '../cluster/cluster';
import { numberOrders } from '../cluster/number-orders';
import { type Build, makeAnotherBuild, thisBuild } from './builds';
import { Deployment } from './deployment';
import { OpenOrders } from './open-orders';

const ORDERS = 10;
const PERCENTAGE = 50;
/** Longer than a worker's own NUMBER_ORDERS_SHUTDOWN_GRACE. */
const WORKER_GRACE_MS = 35_000;

/** Deploys and removes versions of the worker while orders are in flight, in several acts, and prints the results. */
export class Trial {
  readonly claims: Claim[] = [];
  private readonly deployment: Deployment;
  private readonly orders: OpenOrders;
  private readonly workers = new Map<string, ManagedProcess>();
  private anotherBuild: Build = thisBuild;

  /** @param settings of workers and command lines, with the name of the deployment */
  constructor(
    private readonly cluster: Pick<OpenCluster, 'temporal' | 'fakeSinch' | 'folder'>,
    private readonly processes: Processes,
    private readonly settings: Record<string, string>,
    client: ConnectedClient,
  ) {
    this.deployment = new Deployment(cluster.temporal, settings.NUMBER_ORDERS_DEPLOYMENT ?? '');
    this.orders = new OpenOrders(client, new FakeControl(cluster.fakeSinch));
  }

  async versionOneTakesOrders(): Promise<void> {
    print('', bold('Version 1 takes orders'));
    await this.startWorker('1', thisBuild);
    await this.deployment.setCurrent('1');
    const versions = await this.orders.begin(ORDERS);
    this.claim(`${ORDERS} orders begin on it`, areAll(versions, '1'));
  }

  async versionTwoIsRolledOut(): Promise<void> {
    print('', bold('Version 2, whose orders do something else, is rolled out'));
    this.anotherBuild = await makeAnotherBuild(join(this.cluster.folder, 'another-build'));
    const replay = await this.replay('1');
    this.claim('`number-orders replay` says that it breaks the open ones', replay.printed.includes(`breaks ${ORDERS}`));
    await this.startWorker('2', this.anotherBuild);
    await this.deployment.ramp('2', PERCENTAGE);
    const ramped = await this.orders.begin(2 * ORDERS);
    const on2 = ramped.filter((version) => version === '2').length;
    this.claim(
      `while it is ramped to ${PERCENTAGE} %, of ${ramped.length} orders ${on2} begin on it`,
      on2 > 0 && on2 < ramped.length,
    );
    await this.deployment.setCurrent('2');
    this.claim(`the next ${ORDERS}, once it is current`, areAll(await this.orders.begin(ORDERS), '2'));
  }

  async ordersOfVersionOneGoOn(): Promise<void> {
    print('', bold('Orders of version 1 go on meanwhile'));
    const version = await this.orders.continueOneAsNew('1');
    this.claim('one that continues as new stays on it', version === '1');
    this.claim(`${ORDERS} complete on it`, await this.orders.complete('1', ORDERS));
  }

  async versionTwoIsRolledBack(): Promise<void> {
    print('', bold('Version 2 is rolled back'));
    await this.deployment.setCurrent('1');
    this.claim(`${ORDERS} new orders begin on version 1 again`, areAll(await this.orders.begin(ORDERS), '1'));
    this.claim(`${ORDERS} of version 2 complete on it`, await this.orders.complete('2', ORDERS));
  }

  async versionThreeTakesOver(): Promise<void> {
    const left = this.orders.count('2');
    print('', bold(`Version 3, which fits version 2, takes over the ${left} orders that are open there`));
    const replay = await this.replay('2');
    this.claim(
      '`number-orders replay` says that it carries them on',
      replay.code === 0 && replay.printed.startsWith(`${left} of ${left}`),
    );
    await this.startWorker('3', this.anotherBuild);
    await this.deployment.move('2', '3');
    await this.orders.moved('2', '3');
    await this.stopWorker('2');
    this.claim('they complete on it, without a worker of version 2', await this.orders.complete('3', left));
  }

  async versionOneIsDrained(): Promise<void> {
    print('', bold('Version 1 is drained'));
    await this.deployment.setCurrent('3');
    const [last = ''] = this.orders.on('1');
    this.claim(
      `the ${this.orders.count('1')} orders it still has complete on it`,
      await this.orders.complete('1', this.orders.count('1')),
    );
    await this.deployment.drained('1');
    await this.stopWorker('1');
    this.claim('the server says that nothing is open on it', true);
    const told = await Promise.all(['result', 'audit'].map((command) => this.command(thisBuild, command, last)));
    this.claim(
      '`number-orders result` and `audit` tell of its orders still',
      told.every(({ code }) => code === 0),
    );
    const { code, printed } = await this.command(thisBuild, 'status', last);
    this.claim(`\`number-orders status\` does not: ${printed.trim()}`, code === 1);
  }

  async nothingWasLost(): Promise<void> {
    print('', bold('In the end'));
    const { begun, completed, submittedOnce, failedTasks } = await this.orders.sum();
    this.claim(`all of ${begun} orders have completed`, completed === begun);
    this.claim('each was submitted once', submittedOnce === begun);
    this.claim('no workflow task failed', failedTasks === 0);
  }

  private claim(claim: string, ok: boolean): void {
    this.claims.push(told(claim, ok));
  }

  private async startWorker(buildId: string, build: Build): Promise<void> {
    const settings = { ...this.settings, NUMBER_ORDERS_BUILD_ID: buildId };
    const service = worker(settings, { name: `worker-${buildId}`, program: build.worker });
    const started = this.processes.start({ ...service, graceMs: WORKER_GRACE_MS });
    await started.whenReady(workerIsReady);
    this.workers.set(buildId, started);
  }

  private async stopWorker(buildId: string): Promise<void> {
    await this.workers.get(buildId)?.stop();
    this.workers.delete(buildId);
  }

  /** Replays the open orders of a version with the other build, once visibility has all of them. */
  private async replay(buildId: string) {
    const query = this.deployment.queryOf(buildId);
    for (;;) {
      const replayed = await this.command(this.anotherBuild, 'replay', '--query', query);
      if (replayed.printed.startsWith(`${this.orders.count(buildId)} of `)) return replayed;
      await delay(1_000);
    }
  }

  private command(build: Build, ...args: string[]) {
    return numberOrders(build.cli, args, this.settings);
  }
}

const areAll = (versions: readonly string[], wanted: string) => versions.every((version) => version === wanted);
