import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { neutralEnvironment } from '../../local/environment';
import type { ManagedProcess, Processes } from '../../local/processes';
import type { Tools } from '../../local/tools';
import { CALLED_BACK_AT, type ComposeSettings } from './compose';
import type { MutualTls } from './mutual-tls';
import type { Postgres } from './postgres';
import { isServing } from './temporal';

const ROLES = ['frontend', 'history', 'matching', 'worker'] as const;
/** Each role needs a gRPC and a membership port, and the frontend an HTTP port. */
export const PORTS_NEEDED = ROLES.length * 2 + 1;

type TemporalTools = Pick<Tools, 'temporal' | 'temporalServer' | 'temporalSqlTool'>;

/** A Temporal server with all roles in one process and its state in PostgreSQL. */
export class TemporalServer {
  private server: ManagedProcess | undefined;

  constructor(
    private readonly processes: Processes,
    private readonly tools: TemporalTools,
    private readonly compose: ComposeSettings,
    private readonly postgres: Postgres,
    private readonly ports: readonly number[],
    private readonly folder: string,
    private readonly tls?: MutualTls,
  ) {}

  /** The frontend's `host:port`. */
  get address(): string {
    return `127.0.0.1:${this.ports[0] ?? 0}`;
  }

  private get httpAddress(): string {
    return `127.0.0.1:${this.ports.at(-1) ?? 0}`;
  }

  async open(): Promise<void> {
    const bin = join(this.folder, 'bin');
    const config = join(this.folder, 'config');
    await Promise.all([mkdir(bin), mkdir(config)]);
    await symlink(this.tools.temporal, join(bin, 'temporal'));
    await symlink(this.tools.temporalSqlTool, join(bin, 'temporal-sql-tool'));
    const dynamicConfig = this.compose.dynamicConfig.replaceAll(CALLED_BACK_AT, this.httpAddress);
    await writeFile(join(config, 'dynamic.yaml'), dynamicConfig);
    // JSON is YAML too.
    await writeFile(join(config, 'cluster.yaml'), JSON.stringify(this.config(config)), { mode: 0o600 });
    await this.runScript('temporal-schema', this.compose.scripts.schema, {
      SQL_PLUGIN: this.compose.sqlPlugin,
      SQL_HOST: '127.0.0.1',
      SQL_PORT: `${this.postgres.port}`,
      SQL_USER: this.postgres.user,
      SQL_PASSWORD: this.postgres.password,
    });
    await this.start();
    await this.runScript('temporal-namespace', this.compose.scripts.namespace, {
      TEMPORAL_ADDRESS: this.address,
      ...this.tls?.settings('server'),
    });
  }

  async start(): Promise<void> {
    this.server = this.processes.start({
      name: 'temporal-server',
      command: this.tools.temporalServer,
      args: ['--root', this.folder, '--env', 'cluster', '--allow-no-auth', 'start'],
      env: neutralEnvironment(),
      graceMs: 30_000,
    });
    await this.server.whenReady(() => isServing(this.address, this.tls?.settings('server')));
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  async kill(): Promise<void> {
    await this.server?.kill();
  }

  /** Runs in a shell on this machine what a container of docker-compose.yml does. */
  private runScript(name: string, script: string, env: Record<string, string>): Promise<void> {
    const path = `${join(this.folder, 'bin')}:${process.env.PATH ?? ''}`;
    return this.processes.run({
      name,
      command: '/bin/sh',
      args: ['-euc', script],
      env: { ...neutralEnvironment(), ...env, PATH: path },
    });
  }

  /** The configuration of temporalio/server's image with docker-compose.yml's environment, except for the ports. */
  private config(directory: string): object {
    const { user, password, port } = this.postgres;
    const sql = (databaseName: string, maxConns: number) => ({
      sql: {
        pluginName: this.compose.sqlPlugin,
        databaseName,
        connectAddr: `127.0.0.1:${port}`,
        connectProtocol: 'tcp',
        user,
        password,
        maxConns,
        maxIdleConns: maxConns,
        maxConnLifetime: '1h',
      },
    });
    const httpPort = this.ports.at(-1);
    const rpcOf = (role: (typeof ROLES)[number], index: number) => {
      const [grpcPort, membershipPort] = this.ports.slice(index * 2);
      return { rpc: { grpcPort, membershipPort, bindOnIP: '127.0.0.1', ...(role === 'frontend' && { httpPort }) } };
    };
    return {
      // Not `info` as in the image, which logs a line for every queue of every shard.
      log: { stdout: true, level: 'warn' },
      persistence: {
        numHistoryShards: this.compose.historyShards,
        defaultStore: 'default',
        visibilityStore: 'visibility',
        datastores: { default: sql('temporal', 20), visibility: sql('temporal_visibility', 10) },
      },
      global: {
        membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
        ...(this.tls && { tls: this.tls.ofServer }),
      },
      services: Object.fromEntries(ROLES.map((role, index) => [role, rpcOf(role, index)])),
      clusterMetadata: {
        enableGlobalNamespace: false,
        failoverVersionIncrement: 10,
        masterClusterName: 'active',
        currentClusterName: 'active',
        clusterInformation: {
          active: {
            enabled: true,
            initialFailoverVersion: 1,
            rpcName: 'frontend',
            rpcAddress: this.address,
            httpAddress: this.httpAddress,
          },
        },
      },
      dynamicConfigClient: { filepath: join(directory, 'dynamic.yaml'), pollInterval: '60s' },
    };
  }
}
