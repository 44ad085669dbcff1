import type { Registration, ViewRequirements } from '@number-orders/contract';

/**
 * Whether a registration is required: if and only if the lookup returned non-empty rules (`null`: Sinch's 404, no KYC needed).
 * Rules of an unknown shape count: submitting without answers to them would be worse than waiting for a registration. Without
 * heavy imports, as the workflow uses it.
 */
export function registrationRequired(requirements: ViewRequirements | null): boolean {
  const rules = requirements?.fields.rules;
  return typeof rules === 'object' && rules !== null && Object.keys(rules).length > 0;
}

/** What is sent as `requestDetails` for a registration: `data` becomes `requestDetails.data`. */
export function requestDetailsOf(registration: Registration): Record<string, unknown> {
  return 'data' in registration ? { data: registration.data } : registration.requestDetails;
}
