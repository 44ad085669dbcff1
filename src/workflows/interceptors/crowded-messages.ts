import type { Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { UNDECODABLE_ENCODING, type UndecodableDetails } from '../../data-converter/undecodable';

const OPENINGS = ['[', '{'].map((character) => character.charCodeAt(0));
/** Any message may have this many lists and objects. */
const ANY_NUMBER = 256;
/** Beyond that, each must come with this many bytes of the message. Ordinary messages have far more. */
const BYTES_TO_EACH = 16;

/**
 * Whether JSON has more lists and objects than a valid message. Two bytes can become an object of fifty in memory, and an
 * activation holds all messages of a task at once: a worker would run out of memory. Depends on the message alone, so that replay
 * decides alike.
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

/** Messages that senders can repeat without limit, checked before they are parsed. */
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
