/**
 * One thing that happened to an order: who did what, when and why. Names, ids and authors only, never KYC: whoever may
 * see an audit need not be allowed to see passports.
 */
export interface AuditEntry {
  /** RFC 3339. */
  time: string;
  /** START, SIGNAL and UPDATE came from outside; STAGE is the order's own; END closes a run. */
  kind: 'START' | 'SIGNAL' | 'UPDATE' | 'STAGE' | 'END';
  /** Of the workflow, the message or the stage; for END how the run ended. */
  name: string;
  /** As the message says. */
  author?: string;
  reason?: string;
  /** What the message is about, as field and value, such as `attachmentId: '01jxn21ykc3vq8m5d7e0ga4hfr'`. */
  about?: Record<string, string | boolean>;
  /** What an update was answered with, the order's outcome, or the type of its failure. */
  answer?: string;
  /** Temporal's own idea of who sent it: usually process id and host. */
  client?: string;
  runId: string;
  eventId: number;
}
