export const REGION_CODE_PATTERN = /^[A-Z]{2}$/;

/** Whether a text has the form of an ISO 3166-1 alpha-2 code. */
export function isRegionCode(text: string): boolean {
  return REGION_CODE_PATTERN.test(text);
}

/** The two codes in which the European Union differs from ISO 3166-1, with ISO's. */
const ISO_FOR: Record<string, string> = { UK: 'GB', EL: 'GR' };

/** The code that was probably meant; undefined if unknown. */
export function regionMeantBy(regionCode: string): string | undefined {
  return ISO_FOR[regionCode];
}

/** The violation of a region where Sinch sells no numbers. */
export function describeUnsoldRegion(regionCode: string): string {
  const meant = regionMeantBy(regionCode);
  const remedy = meant === undefined ? '"number-orders regions" lists the others' : `did you mean ${meant}?`;
  return `must be another: Sinch sells no numbers in ${regionCode}; ${remedy}`;
}
