import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestWorkflowEnvironment, ClientOptionsForTestEnv } from '@temporalio/testing';
import type { Browser, Page } from 'playwright-core';
import { workflowIdOf } from '@number-orders/contract';
import { launchBrowser as launch } from '../../local/browser';
import { freePort } from '../../local/free-ports';
import { startDevServer } from './dev-server';
import './temporal';
import { tools } from './tools';

const IMAGES = join(__dirname, '../../docs/images');

/** `describe`, or where there is no browser, and nobody insists on one as CI does, `describe.skip`. */
export const describeInBrowser = tools().browser || process.env.CI === 'true' ? describe : describe.skip;

/** @throws {Error} where there is none */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = tools().browser;
  if (executablePath === undefined) throw new Error('There is no browser: `npm run setup` says what it has tried.');
  return launch(executablePath);
}

/** A dev server of its own with the Web UI of Temporal, and a browser that looks at it. */
export class WebUi {
  private constructor(
    readonly environment: TestWorkflowEnvironment,
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  static async open({ client, args = [] }: { client?: ClientOptionsForTestEnv; args?: string[] } = {}): Promise<WebUi> {
    const browser = await launchBrowser();
    const uiPort = await freePort();
    const environment = await startDevServer({
      server: { ui: true, uiPort, extraArgs: args },
      ...(client && { client }),
    });
    return new WebUi(environment, browser, `http://127.0.0.1:${uiPort}`);
  }

  /** A page of the namespace, such as `workflows/x`. */
  async visit(path: string, visitor?: Visitor): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width: 1400, height: 1000 },
      colorScheme: 'light',
      // Certificates in tests sign themselves.
      ignoreHTTPSErrors: true,
      ...(visitor && { storageState: { cookies: [], origins: [{ origin: this.url, localStorage: keptBy(visitor) }] } }),
    });
    // Where the Web UI itself asks for the token of a login, and a dev server has none.
    if (visitor)
      await page.addInitScript(`globalThis.AccessToken = async () => ${JSON.stringify(visitor.accessToken)}`);
    await page.goto(`${this.url}/namespaces/default/${path}`);
    return page;
  }

  async visitOrder(reference: string, visitor?: Visitor): Promise<Page> {
    return this.visit(`workflows/${workflowIdOf(reference)}`, visitor);
  }

  /** An order's Current Details, with the text of the board as people read it, and every address that was asked for. */
  async board(reference: string, visitor?: Visitor) {
    const { runId } = await this.environment.client.workflow.getHandle(workflowIdOf(reference)).describe();
    const page = await this.visit(`workflows/${workflowIdOf(reference)}/${runId}/user-metadata`, visitor);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
    const board = page.locator('iframe').last().contentFrame().locator('body');
    await board.locator('h3').waitFor();
    return { page, board: () => board.innerText({ timeout: 10_000 }), addresses: () => addresses };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.environment.teardown();
  }
}

/** Somebody who has logged in, and set the Web UI to decode payloads with a codec server. */
export interface Visitor {
  codecEndpoint: string;
  accessToken: string;
}

/** What the Web UI itself would have kept in the browser. */
function keptBy({ codecEndpoint }: Visitor) {
  return [
    { name: 'endpoint', value: JSON.stringify(codecEndpoint) },
    { name: 'passAccessToken', value: 'true' },
    { name: 'overrideRemoteCodecConfiguration', value: 'true' },
  ];
}

/** For the docs, and only when asked for by `npm run screenshots`: no test run changes files. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.UPDATE_SCREENSHOTS) return;
  await mkdir(IMAGES, { recursive: true });
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
