import { FORCED_MEMO } from '@number-orders/contract';
import type { Rule, Sieve } from './sieve';

/*
 * What workflow code may be handed of what senders have sent: numbers of fields in Temporal's workflow_activation.proto, of
 * SDK Core, and in message.proto of its API. A test holds them against the SDK's own encoder.
 */

/** Its encoding and key, and its data; of what else there is in it, nothing is read. */
const PAYLOAD: Sieve = { 1: { keys: ['encoding', 'encryption-key-id'] }, 3: { atMost: 0 } };

/** The trace, where OpenTelemetry puts it. */
const HEADERS: Rule = { keys: ['_tracer-data'], of: { 2: { of: PAYLOAD } } };

/** What says that an attempt was forced; anything else in it is for clients. */
const MEMO: Rule = { of: { 1: { keys: [FORCED_MEMO], of: { 2: { of: PAYLOAD } } } } };

/** Every message of ours has one argument at most. */
const ARGUMENT: Rule = { atMost: 1, of: PAYLOAD };

const INITIALIZE_WORKFLOW: Sieve = {
  // The second is what the run before it has handed on.
  3: { atMost: 2, of: PAYLOAD },
  5: HEADERS,
  21: MEMO,
};

const JOB: Sieve = {
  1: { of: INITIALIZE_WORKFLOW },
  5: { of: { 3: ARGUMENT, 5: HEADERS } }, // QueryWorkflow
  7: { of: { 2: ARGUMENT, 5: HEADERS } }, // SignalWorkflow
  14: { of: { 4: ARGUMENT, 5: HEADERS } }, // DoUpdate
};

/** For a WorkflowActivation. */
export const ACTIVATION: Sieve = { 5: { of: JOB } };
