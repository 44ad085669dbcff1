import { randomBytes, createSecretKey } from 'node:crypto';
import { freePort } from '../../local/free-ports';
import { KeyList } from '../../src/data-converter/keys';
import type { Intake, IntakeReport } from '../../src/intake/http/intake';
import { signLink, type KycLink } from '../../src/intake/links/link';
import { OrderDesk } from '../../src/intake/order/order-desk';
import { Quotas, type QuotaSettings } from '../../src/intake/order/quotas';
import { serveIntake } from '../../src/intake/serve';
import { FileAttachmentStore } from '../../src/store/file-store';
import { workflowIdOf } from '@number-orders/contract';
import type { OrderStand } from '../support/order-stand';

/** An intake on a stand's orders and documents. */
export interface OpenIntake {
  url: string;
  keys: KeyList;
  reports: IntakeReport[];
  /** A link for an order of the stand. */
  link(reference: string, changes?: Partial<KycLink>): Promise<string>;
  close(): Promise<void>;
}

export interface IntakeChanges extends Partial<Omit<Intake, 'quotas'>> {
  quotas?: Partial<QuotaSettings>;
}

/** Services that know the HTTP API. */
export const SERVICES = [
  { name: 'shop', scopes: ['documents', 'links', 'read'], token: 'token-of-the-shop-00000000' },
  { name: 'reader', scopes: ['read'], token: 'token-of-a-reader-00000000' },
] as const;

export const newKeys = () => new KeyList([{ id: 'test', key: createSecretKey(randomBytes(32)) }]);

export async function openIntake(
  stand: OrderStand,
  { quotas, keys = newKeys(), ...changes }: IntakeChanges = {},
): Promise<OpenIntake> {
  const port = await freePort();
  const reports: IntakeReport[] = [];
  const { client } = stand.environment;
  const intake: Intake = {
    url: `http://127.0.0.1:${port}`,
    keys,
    desk: new OrderDesk({ client, taskQueue: stand.taskQueue }),
    store: new FileAttachmentStore(stand.folder),
    quotas: new Quotas({ messages: 300, bytes: 500_000_000, requests: 10_000, ...quotas }),
    access: { tokens: SERVICES },
    look: { name: 'Example Telecom', privacyNotice: 'https://telecom.example/privacy' },
    returnHosts: ['shop.example'],
    maxDocumentBytes: 20_000_000,
    trustedProxies: [],
    onRequest: (report) => reports.push(report),
    ...changes,
  };
  const { url, close } = await serveIntake(intake, { host: '127.0.0.1', port });
  return {
    url,
    keys,
    reports,
    link: async (reference, linkChanges) => {
      const { raw } = await client.workflow.getHandle(workflowIdOf(reference)).describe();
      const firstRunId = raw.workflowExecutionInfo?.firstRunId ?? '';
      const issuedAt = new Date();
      const expiresAt = new Date(issuedAt.getTime() + 3_600_000);
      return `${url}/kyc/${await signLink(keys, { reference, firstRunId, issuedAt, expiresAt, ...linkChanges })}`;
    },
    close,
  };
}
