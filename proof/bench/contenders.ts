/** What is raced: each has a workflow, and a worker with a task queue of its own. */
export interface Contender {
  workflowType: string;
  taskQueue: string;
  /** Whether its payloads are, and its documents. */
  encrypted: boolean;
  /** Through the product's own worker, to the fake Sinch: a document is staged, and called for by requests. */
  overHttp: boolean;
}

export const CONTENDERS = {
  floor: { workflowType: 'floor', taskQueue: 'bench-floor', encrypted: false, overHttp: false },
  ours: { workflowType: 'numberOrder', taskQueue: 'bench-ours', encrypted: false, overHttp: false },
  http: { workflowType: 'numberOrder', taskQueue: 'bench-http', encrypted: false, overHttp: true },
  httpEncrypted: { workflowType: 'numberOrder', taskQueue: 'bench-http-encrypted', encrypted: true, overHttp: true },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof CONTENDERS;
