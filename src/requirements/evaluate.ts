import {
  REQUEST_DEFAULTS,
  titled,
  withTitles,
  type NumberOrderRequest,
  type Titled,
  type ViewRequirements,
  type Violation,
} from '@number-orders/contract';
import { adviseOnAttachment } from './advise-attachment';
import { checkExpectedAttachments } from './check-attachment';
import { checkRegistration } from './check-registration';
import { withOrderedNumbers } from './ordered-number';
import { registrationRequired, requestDetailsOf } from './required';

export interface Evaluation {
  /** What an order would wait for: `registration` and attachment ids, as in `NumberOrderResult.missing`. */
  missing: string[];
  /** The same for people. */
  missingTitles: Titled[];
  /** What Sinch would refuse, as far as we can tell, and what could not be sent. */
  violations: Violation[];
}

type Evaluated = Pick<NumberOrderRequest, 'registration' | 'attachments' | 'expectedAttachments'> &
  Partial<Pick<NumberOrderRequest, 'selection'>>;

/** The longest number that E.164 allows. */
const ANY_NUMBER = '+100000000000000';

/** Checks the KYC of a request against looked-up requirements, without a call; `null`: no KYC is needed. */
export function evaluate(requirements: ViewRequirements | null, request: Evaluated): Evaluation {
  const { registration, attachments = [], expectedAttachments = [] } = request;
  const known = requirements?.attachments ?? [];

  const mandatory = known.filter((attachment) => attachment.mandatory).map(({ id }) => id);
  const awaited = new Set([...mandatory, ...expectedAttachments]);
  for (const { attachmentId } of attachments) awaited.delete(attachmentId);

  const refused = attachments.flatMap((attachment, index) =>
    adviseOnAttachment(requirements, attachment).map(({ field, description }) => ({
      field: `attachments[${index}].${field}`,
      description,
    })),
  );
  const registrationFaults =
    requirements && registration ? checkRegistration(requirements, requestDetailsOf(registration)) : [];
  const missing = [...(registrationRequired(requirements) && !registration ? ['registration'] : []), ...awaited];
  return {
    missing,
    missingTitles: missing.map((id) => titled(requirements, id)),
    violations: [
      ...(registration ? unsendable(requestDetailsOf(registration), request) : []),
      ...withTitles(requirements, registrationFaults),
      ...checkExpectedAttachments(requirements, expectedAttachments),
      ...refused,
    ],
  };
}

/** The faults that keep a registration from being sent, whichever numbers are reserved. */
function unsendable(requestDetails: Record<string, unknown>, { selection }: Evaluated): Violation[] {
  const quantity = selection && 'quantity' in selection ? selection.quantity : {};
  const { requestedQuantity = REQUEST_DEFAULTS.requestedQuantity } = quantity;
  return withOrderedNumbers(requestDetails, Array<string>(requestedQuantity).fill(ANY_NUMBER)).violations ?? [];
}
