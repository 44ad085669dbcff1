/**
 * One thing that happened to an order: who did what, when and why. Names, ids and authors only, never KYC: a reader of an audit
 * need not be allowed to see passports.
 */
export interface AuditEntry {
  /** RFC 3339. */
  time: string;
  /** START, SIGNAL and UPDATE come from outside; STAGE is from the order itself; END closes a run. */
  kind: 'START' | 'SIGNAL' | 'UPDATE' | 'STAGE' | 'END';
  /** Of the workflow, the message or the stage; for END how the run ended. */
  name: string;
  /** As the message says. */
  author?: string;
  reason?: string;
  /** What the message is about, as field and value, such as `attachmentId: '01jxn21ykc3vq8m5d7e0ga4hfr'`. */
  about?: Record<string, string | boolean>;
  /** The answer to an update, the order's outcome, or the type of its failure. */
  answer?: string;
  /** The sender's identity in Temporal: usually process id and host. */
  client?: string;
  runId: string;
  eventId: number;
}
