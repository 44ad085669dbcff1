import type { Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { UNDECODABLE_ENCODING, type UndecodableDetails } from '../../data-converter/undecodable';

const OPENINGS = ['[', '{'].map((character) => character.charCodeAt(0));
/** So many lists and objects are in any message if they like. */
const ANY_NUMBER = 256;
/** Beyond, so many bytes of the message to each: in what people send there are far more. */
const BYTES_TO_EACH = 16;

/**
 * Whether JSON has more lists and objects in it than a message of ours. Two bytes can be one that takes fifty to hold, and an
 * activation holds all messages of a task at once: a worker would run out of memory. It depends on the message alone, as a
 * replay wants it.
 */
function isCrowded({ data }: Payload): boolean {
  if (!data) return false;
  let left = ANY_NUMBER + data.length / BYTES_TO_EACH;
  for (const opening of OPENINGS) {
    for (let at = data.indexOf(opening); at >= 0; at = data.indexOf(opening, at + 1)) if (--left < 0) return true;
  }
  return false;
}

const TOO_LARGE: UndecodableDetails = { reason: 'TOO_LARGE', encoding: 'json/plain' };
const REFUSED: Payload = {
  metadata: { encoding: encode(UNDECODABLE_ENCODING) },
  data: encode(JSON.stringify(TOO_LARGE)),
};

/** Before anything is made of them: what senders may send as often as they like. */
export const crowdedMessages: WorkflowInternalsInterceptor = {
  activate(input, next) {
    for (const { signalWorkflow, doUpdate, queryWorkflow } of input.activation.jobs ?? []) {
      for (const payloads of [signalWorkflow?.input, doUpdate?.input, queryWorkflow?.arguments]) {
        payloads?.forEach((payload, index) => {
          if (isCrowded(payload)) payloads[index] = REFUSED;
        });
      }
    }
    next(input);
  },
};
