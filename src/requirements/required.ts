import type { Registration, ViewRequirements } from '@number-orders/contract';

/**
 * Whether a registration is asked for: if and only if the lookup answered (`null`: Sinch's 404, no KYC needed) with
 * non-empty rules. Rules in a shape we do not know are still rules: submitting without answers to them would be worse
 * than waiting for a registration. Free of heavy imports: the workflow asks too.
 */
export function registrationRequired(requirements: ViewRequirements | null): boolean {
  const rules = requirements?.fields.rules;
  return typeof rules === 'object' && rules !== null && Object.keys(rules).length > 0;
}

/** What is sent as `requestDetails` for a registration: `data` becomes `requestDetails.data`. */
export function requestDetailsOf(registration: Registration): Record<string, unknown> {
  return 'data' in registration ? { data: registration.data } : registration.requestDetails;
}
