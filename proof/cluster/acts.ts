import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Interruption } from '../../local/interruption';
import { thisMachine } from '../../local/machine';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { allHold, type Claim } from '../../local/verdict';
import { Cluster, type OpenCluster, type ServerKind } from './cluster';

export interface Play {
  usage: string;
  /** The prefix of its log files. */
  logs: string;
  /** Whether `--server dev` can be used: it is quicker, and has no database to restore. */
  devServer: boolean;
  /** Whether all processes use mutual TLS with Temporal. */
  mutualTls?: boolean;
  /** Runs the acts, and returns the claims that must hold. */
  acts: (opened: OpenCluster, cluster: Cluster) => Promise<readonly Claim[]>;
}

/** Runs a play on a cluster, prints the results and writes the report. Exits with 1 if a claim does not hold. */
export function runPlay(play: Play): void {
  // An interrupted run has calls that are still waiting for the server it has ended: they are not awaited.
  perform(play).then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      console.error(error instanceof ToldError ? `\n${error.message}` : error);
      process.exit(1);
    },
  );
}

async function perform({ usage, logs, devServer, mutualTls, acts }: Play): Promise<number> {
  const { help, server, report } = readOptions(usage, devServer);
  if (help) {
    print(usage);
    return 0;
  }
  const cluster = new Cluster({ workers: 0, server, mutualTls, logs });
  const { anyDied } = cluster.processes;
  const interruption = new Interruption();
  const date = new Date().toISOString();
  try {
    print(dim('Starting the cluster …'));
    const opened = await interruption.orElse(Promise.race([cluster.open(), anyDied]));
    const { parts, uiUrl } = opened.temporal;
    print(...parts.map((part) => dim(part)), `${bold('Temporal UI')}  ${uiUrl}`);
    const verdict = await interruption.orElse(Promise.race([acts(opened, cluster), anyDied]));
    const written = { date, machine: thisMachine(), cluster: parts, verdict };
    if (report) await writeFile(report, `${JSON.stringify(written, null, 2)}\n`);
    print('', allHold(verdict) ? bold('Everything holds.') : bold('Not everything holds.'));
    return allHold(verdict) ? 0 : 1;
  } finally {
    print('', dim('Ending what was started …'));
    await cluster.close();
  }
}

function readOptions(usage: string, devServer: boolean): { help: boolean; server: ServerKind; report?: string } {
  try {
    const { values } = parseArgs({
      options: { help: { type: 'boolean' }, report: { type: 'string' }, ...(devServer && SERVER_OPTION) },
    });
    const { help = false, report } = values;
    const { server = 'postgres' } = values as { server?: string };
    if (server !== 'postgres' && server !== 'dev') throw new Error('--server must be postgres or dev.');
    return { help, server, ...(report !== undefined && { report }) };
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${usage}`);
  }
}

const SERVER_OPTION = { server: { type: 'string' } } as const;
