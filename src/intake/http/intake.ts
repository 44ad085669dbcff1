import type { HttpBindings } from '@hono/node-server';
import type { KeyList } from '../../data-converter/keys';
import type { AttachmentStore } from '../../store/attachment-store';
import type { ApiAccess } from '../api/callers';
import type { Look } from '../page/model';
import type { OrderDesk } from '../order/order-desk';
import type { Quotas } from '../order/quotas';

/** What the intake works with. */
export interface Intake {
  /** Where browsers find it, such as `https://kyc.example`: an origin of its own. */
  url: string;
  /** Sign links; any of them may have signed one. */
  keys: KeyList;
  desk: OrderDesk;
  store: AttachmentStore;
  quotas: Quotas;
  /** Of the API for other services. */
  access: ApiAccess;
  look: Look;
  /** Of the company, such as `#1f5fbf`. */
  accent?: string;
  /** An image, and its media type. */
  logo?: { bytes: Uint8Array<ArrayBuffer>; mimeType: string };
  /** Hosts that a page may link back to. */
  returnHosts: readonly string[];
  maxDocumentBytes: number;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  onRequest?: (report: IntakeReport) => void;
}

/** For logs and metrics. Names the route, never a path: links are secrets. Holds nothing of any body. */
export interface IntakeReport {
  method: string;
  route: string;
  status: number;
  milliseconds: number;
  /** Name of the service, where one has shown a token. */
  caller?: string;
  /** Type of the error, where there was one. */
  error?: string;
}

export interface IntakeEnv {
  Bindings: HttpBindings;
  /** The name of the service that asks, where it has shown a token. */
  Variables: { caller?: string };
}
