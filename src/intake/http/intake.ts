import type { HttpBindings } from '@hono/node-server';
import type { KeyList } from '../../data-converter/keys';
import type { AttachmentStore } from '../../store/attachment-store';
import type { ApiAccess } from '../api/callers';
import type { Look } from '../page/model';
import type { OrderDesk } from '../order/order-desk';
import type { Quotas } from '../order/quotas';

/** The intake's dependencies and settings. */
export interface Intake {
  /** Its public address, such as `https://kyc.example`: an origin of its own. */
  url: string;
  /** The first signs links, all verify them. */
  keys: KeyList;
  desk: OrderDesk;
  store: AttachmentStore;
  quotas: Quotas;
  /** The callers of the API for other services. */
  access: ApiAccess;
  look: Look;
  /** The company's colour, such as `#1f5fbf`. */
  accent?: string;
  /** An image, and its media type. */
  logo?: { bytes: Uint8Array<ArrayBuffer>; mimeType: string };
  /** Hosts that a page may link back to. */
  returnHosts: readonly string[];
  maxDocumentBytes: number;
  /** Proxies whose X-Forwarded-For is trusted. */
  trustedProxies: readonly string[];
  onRequest?: (report: IntakeReport) => void;
}

/** For logs and metrics. Names the route, never a path, as links are secrets. Has nothing of any body. */
export interface IntakeReport {
  method: string;
  route: string;
  status: number;
  milliseconds: number;
  /** The name of the service, if it is authenticated. */
  caller?: string;
  /** The type of the error, if there was one. */
  error?: string;
}

export interface IntakeEnv {
  Bindings: HttpBindings;
  /** The name of the calling service, if it is authenticated. */
  Variables: { caller?: string };
}
