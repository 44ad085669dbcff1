/** What the race compares: each contender has its own workflow, worker and task queue. */
export interface Contender {
  workflowType: string;
  taskQueue: string;
  /** Whether its payloads and documents are encrypted. */
  encrypted: boolean;
  /** Whether it uses the product's own worker and calls the fake Sinch over HTTP, with a staged document. */
  overHttp: boolean;
}

export const CONTENDERS = {
  floor: { workflowType: 'floor', taskQueue: 'bench-floor', encrypted: false, overHttp: false },
  ours: { workflowType: 'numberOrder', taskQueue: 'bench-ours', encrypted: false, overHttp: false },
  http: { workflowType: 'numberOrder', taskQueue: 'bench-http', encrypted: false, overHttp: true },
  httpEncrypted: { workflowType: 'numberOrder', taskQueue: 'bench-http-encrypted', encrypted: true, overHttp: true },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof CONTENDERS;
