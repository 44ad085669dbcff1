import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { neutralEnvironment } from '../../local/environment';
import type { Processes } from '../../local/processes';
import type { MutualTls } from './mutual-tls';

interface WebUiOptions {
  executable: string;
  port: number;
  /** The address of the Temporal server. */
  address: string;
  folder: string;
  /** Undefined if it connects to the server in plain text. */
  tls: MutualTls | undefined;
}

/** Starts Temporal's Web UI for people, without waiting for it. */
export async function startWebUi(processes: Processes, options: WebUiOptions): Promise<string> {
  const { executable, port, address, folder, tls } = options;
  const config = join(folder, 'ui-config');
  await mkdir(config);
  const settings = {
    temporalGrpcAddress: address,
    host: '127.0.0.1',
    port,
    ...(tls && { tls: tls.ofWebUi }),
    enableUi: true,
    defaultNamespace: 'default',
    cors: { allowOrigins: [`http://127.0.0.1:${port}`] },
  };
  await writeFile(join(config, 'cluster.yaml'), JSON.stringify(settings));
  processes.start({
    name: 'temporal-ui',
    command: executable,
    args: ['--root', folder, '--config', 'ui-config', '--env', 'cluster', 'start'],
    env: neutralEnvironment(),
  });
  return `http://127.0.0.1:${port}`;
}
