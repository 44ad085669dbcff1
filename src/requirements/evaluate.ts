import type { NumberOrderRequest, ViewRequirements, Violation } from '../contract';
import { adviseOnAttachment } from './advise-attachment';
import { checkExpectedAttachments } from './check-attachment';
import { checkRegistration } from './check-registration';
import { registrationRequired, requestDetailsOf } from './required';

export interface Evaluation {
  /** What an order would wait for: `registration` and attachment ids, as in `NumberOrderResult.missing`. */
  missing: string[];
  /** What Sinch would refuse, as far as we can tell. */
  violations: Violation[];
}

/** Holds the KYC of a request against looked-up requirements, without a call; `null`: no KYC is needed. */
export function evaluate(
  requirements: ViewRequirements | null,
  request: Pick<NumberOrderRequest, 'registration' | 'attachments' | 'expectedAttachments'>,
): Evaluation {
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
  return {
    missing: [...(registrationRequired(requirements) && !registration ? ['registration'] : []), ...awaited],
    violations: [
      ...(requirements && registration ? checkRegistration(requirements, requestDetailsOf(registration)) : []),
      ...checkExpectedAttachments(requirements, expectedAttachments),
      ...refused,
    ],
  };
}
