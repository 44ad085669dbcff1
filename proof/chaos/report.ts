import type { Audit } from '../../fake-sinch';
import { thisMachine } from '../../local/machine';
import type { Claim } from '../../local/verdict';
import type { OpenCluster } from '../cluster/cluster';
import type { Breakages } from './breakage';
import type { Ending } from './gather';
import type { ChaosOptions } from './run';

/** The options of a run, what it broke, how the orders ended, and whether every rule held. */
export interface ChaosReport {
  /** RFC 3339. */
  date: string;
  machine: string;
  cluster: string[];
  seed: number;
  orders: number;
  workers: number;
  seconds: number;
  /** Counted until Sinch recovered. */
  requests: { all: number; faulty: number };
  /** Counted by kind. */
  faults: Record<string, number>;
  breakages: Breakages;
  callbacks: { sent: number; lost: number; doubled: number; neverAnswered: number };
  kyc: Record<string, number>;
  reservations: number;
  outcomes: Record<string, number>;
  runs: { all: number; events: number };
  verdict: Claim[];
  /** The rules that were broken. */
  violations: { reference: string; rule: string; problem: string }[];
}

interface Run {
  options: ChaosOptions;
  /** Milliseconds since the epoch. */
  startedAt: number;
  cluster: OpenCluster;
  breakages: Breakages;
  /** Counted until Sinch recovered. */
  requests: Audit['requests'];
  audit: Audit;
  endings: readonly Ending[];
}

export function reportOf({ options, startedAt, cluster, breakages, audit, endings, ...run }: Run): ChaosReport {
  const requests = Object.values(run.requests);
  const violations = endings.flatMap(({ reference, violations: found }) =>
    found.map((violation) => ({ reference, ...violation })),
  );
  const histories = endings.flatMap((ending) => ending.histories);
  const strangers = audit.orders.length - sum(endings.map(({ atSinch }) => atSinch.length));
  const noneBreaks = (...rules: string[]) => violations.every(({ rule }) => !rules.includes(rule));
  return {
    date: new Date(startedAt).toISOString(),
    machine: thisMachine(),
    cluster: cluster.temporal.parts,
    seed: options.seed,
    orders: options.orders,
    workers: options.workers,
    seconds: Math.round((Date.now() - startedAt) / 1_000),
    requests: { all: sum(requests.map(({ count }) => count)), faulty: sum(requests.map(({ faulted }) => faulted)) },
    faults: sorted(audit.faults),
    breakages,
    callbacks: {
      sent: audit.callbacks.length,
      lost: audit.callbacks.filter(({ dropped }) => dropped).length,
      doubled: audit.callbacks.filter(({ deliveries, answered }) => deliveries === 2 && answered === 200).length,
      neverAnswered: audit.callbacks.filter(({ dropped, answered }) => !dropped && answered !== 200).length,
    },
    kyc: counted(endings.flatMap(({ pieces }) => pieces.map(({ answer }) => answer ?? 'sent by signal, or too late'))),
    reservations: audit.orders.length,
    outcomes: counted(endings.map(({ outcome }) => outcome)),
    runs: { all: histories.length, events: sum(histories.map(({ events }) => events?.length ?? 0)) },
    verdict: [
      { claim: `of ${options.orders} orders none is lost`, ok: noneBreaks('not lost') },
      { claim: 'none is submitted twice', ok: noneBreaks('submitted once') },
      {
        claim: `each of ${audit.orders.length} reservations at Sinch is accounted for`,
        ok: noneBreaks('accounted for') && strangers === 0,
      },
      { claim: 'every outcome is true', ok: noneBreaks('true outcome') },
      { claim: 'what was accepted of KYC is what Sinch has', ok: noneBreaks('KYC arrived') },
      { claim: 'no workflow task failed', ok: noneBreaks('no task failed') },
    ],
    violations,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return sorted(counts);
}

const sorted = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).sort(([one], [other]) => one.localeCompare(other)));
