import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { batchWorkflowIdOf } from '@number-orders/contract';
import type { Audit } from '../../fake-sinch';
import { FakeControl } from '../../local/fake-control';
import { dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import type { Claim } from '../../local/verdict';
import type { BatchLine, ConnectedClient } from '../../src/client';
import { runsOf, type Ending } from '../chaos/gather';
import { failedTasks } from '../model/failed-tasks';
import type { ChaosReport } from '../chaos/report';
import { runChaos, type ChaosOptions, type ChaosRun } from '../chaos/run';
import type { OpenCluster } from '../cluster/cluster';
import { contradictions } from './against-audit';
import { BatchOfFile } from './batch-of-file';
import { mostOpen, openReservation } from './most-open';

export interface BatchReport extends ChaosReport {
  batch: { maxOpen: number; mostOpen: number; startsTyped: number; resumed: number; runs: number };
}

/** Longer than a batch takes to notice the end of its last order. */
const ENDS_WITHIN_MS = 3 * 60_000;

/** Orders a file while everything breaks, then again without faults, and compares both runs with Sinch's audit. */
export async function runBatch(cluster: OpenCluster, options: ChaosOptions): Promise<ChaosRun> {
  let played: { batch: BatchOfFile; client: ConnectedClient } | undefined;
  const { report, broken, endings } = await runChaos(cluster, options, (client) => {
    const batch = new BatchOfFile(cluster, client, options);
    played = { batch, client };
    return batch;
  });
  if (!played) throw new ToldError('Nothing was played.');
  const { batch, client } = played;
  const sinch = new FakeControl(cluster.fakeSinch);
  await ended(client, batch.name);
  const runs = await runsOf(client, batchWorkflowIdOf(batch.name));
  const lines = await batch.report();
  const before = await sinch.audit();
  const startsTyped = batch.starts;
  print(dim('The file is started once more'));
  await batch.start();
  const second = await ended(client, batch.name);
  const linesAfter = await batch.report();
  const after = await sinch.audit();
  const most = mostOpenOf(endings);
  const problems = problemsOf(lines, batch, endings);
  const claims: Claim[] = [
    { claim: 'no row has two numbers', ok: endings.every(({ atSinch }) => atSinch.filter(isBought).length <= 1) },
    {
      claim: `never more than ${batch.maxOpen} orders were open by Sinch's audit: ${most} at most`,
      ok: most <= batch.maxOpen,
    },
    { claim: 'batch report agrees with the audit, row by row', ok: problems.length === 0 },
    {
      claim: 'a second run of the file orders nothing, and finds every row',
      ok: second.found === batch.orders.length && creations(before) === creations(after),
    },
    { claim: 'its report is the same', ok: isDeepStrictEqual(lines, linesAfter) },
    { claim: 'no workflow task of the batch failed', ok: runs.flatMap(failedTasks).length === 0 },
  ];
  const written: BatchReport = {
    ...report,
    batch: { maxOpen: batch.maxOpen, mostOpen: most, startsTyped, resumed: batch.resumed, runs: runs.length },
    verdict: [...report.verdict, ...claims],
    violations: [...report.violations, ...problems],
  };
  return { report: written, broken, endings };
}

type AtSinch = Audit['orders'][number];

const isBought = ({ state, released }: AtSinch) => state === 'COMPLETED' && !released;
const creations = ({ requests, orders }: Audit) => `${requests.createNumberOrder?.count ?? 0} ${orders.length}`;

function mostOpenOf(endings: readonly Ending[]): number {
  return mostOpen(
    endings.flatMap(({ reference, atSinch, endedAt }) =>
      atSinch.map((each) => openReservation(reference, each, endedAt)),
    ),
  );
}

function problemsOf(lines: readonly BatchLine[], batch: BatchOfFile, endings: readonly Ending[]) {
  const rule = 'report agrees';
  const endingOf = new Map(endings.map((ending) => [ending.reference, ending]));
  return batch.orders.flatMap(({ reference }, index) => {
    const line = lines[index];
    if (line?.reference !== reference) return [{ reference, rule, problem: 'is not where it is in the file' }];
    const { atSinch = [] } = endingOf.get(reference) ?? {};
    return contradictions(line, atSinch).map((problem) => ({ reference, rule, problem }));
  });
}

async function ended({ orders }: ConnectedClient, batch: string) {
  const tooLate = delay(ENDS_WITHIN_MS).then(() => {
    throw new ToldError(`The batch has not ended within ${ENDS_WITHIN_MS} ms of its last order.`);
  });
  return Promise.race([orders.batches.result(batch), tooLate]);
}
