import { FORCED_MEMO } from '@number-orders/contract';
import type { Rule, Sieve } from './sieve';

/*
 * The parts of senders' messages that workflow code receives, as field numbers of workflow_activation.proto in SDK Core and
 * message.proto in Temporal's API. A test compares them with the SDK's own encoder.
 */

/** A payload's encoding, key and data; nothing else is read. */
const PAYLOAD: Sieve = { 1: { keys: ['encoding', 'encryption-key-id'] }, 3: { atMost: 0 } };

/** OpenTelemetry's header with the trace. */
const HEADERS: Rule = { keys: ['_tracer-data'], of: { 2: { of: PAYLOAD } } };

/** The note of a forced attempt; anything else in the memo is for clients. */
const MEMO: Rule = { of: { 1: { keys: [FORCED_MEMO], of: { 2: { of: PAYLOAD } } } } };

/** Every message of ours has at most one argument. */
const ARGUMENT: Rule = { atMost: 1, of: PAYLOAD };

const INITIALIZE_WORKFLOW: Sieve = {
  // The second argument comes from the previous run.
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
