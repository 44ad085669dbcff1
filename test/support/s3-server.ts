import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../local/free-ports';
import { tools } from './tools';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test-access', AWS_SECRET_ACCESS_KEY: 'test-secret', AWS_REGION: 'us-east-1' };

/** Whether there is an S3 server to test on; where somebody insists on one, as CI does, tests fail without. */
const isThere = tools().s3Server !== undefined || process.env.CI === 'true';

/** `describe`, or `describe.skip` where there is no S3 server. */
export const describeOnS3 = isThere ? describe : describe.skip;

/** An S3-compatible server of its own, on a free port of this machine, keeping a bucket's objects as files. */
export class S3Server {
  /** Made up, and read by the AWS SDK from the environment as anywhere; set in that of the calling test file too. */
  static readonly credentials = CREDENTIALS;
  readonly bucket = 'kyc-documents';

  private constructor(
    readonly endpoint: string,
    /** Where the bucket's objects are, each a file under its key. */
    readonly folder: string,
    private readonly root: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<S3Server> {
    const executable = tools().s3Server;
    if (executable === undefined) throw new Error('There is no S3 server: `npm run setup` says what it has tried.');
    const root = await mkdtemp(join(tmpdir(), 's3-'));
    const [objects, metadata] = [join(root, 'objects'), join(root, 'metadata')];
    await mkdir(objects);
    await mkdir(metadata);
    const address = `127.0.0.1:${await freePort()}`;
    // Metadata beside the files: not every temporary folder has extended attributes.
    const args = ['--port', address, '--quiet', 'posix', '--sidecar', metadata, objects];
    const server = spawn(executable, args, {
      env: {
        ...process.env,
        ROOT_ACCESS_KEY_ID: CREDENTIALS.AWS_ACCESS_KEY_ID,
        ROOT_SECRET_ACCESS_KEY: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
      },
      stdio: 'ignore',
    });
    Object.assign(process.env, CREDENTIALS);
    const started = new S3Server(`http://${address}`, join(objects, 'kyc-documents'), root, server);
    await started.answering();
    await mkdir(started.folder);
    return started;
  }

  async close(): Promise<void> {
    if (this.server.exitCode === null) {
      this.server.kill('SIGTERM');
      await once(this.server, 'exit');
    }
    await rm(this.root, { recursive: true, force: true });
  }

  private async answering(): Promise<void> {
    for (;;) {
      if (this.server.exitCode !== null) throw new Error(`The S3 server ended with ${this.server.exitCode}.`);
      try {
        await fetch(this.endpoint);
        return;
      } catch {
        await delay(20);
      }
    }
  }
}
