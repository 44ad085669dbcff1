export const REGION_CODE_PATTERN = /^[A-Z]{2}$/;

/** Whether a text is written as ISO 3166-1 alpha-2 writes countries. */
export function isRegionCode(text: string): boolean {
  return REGION_CODE_PATTERN.test(text);
}

/** The two codes by which the European Union departs from ISO 3166-1, and what ISO says instead. */
const ISO_FOR: Record<string, string> = { UK: 'GB', EL: 'GR' };

/** The code that somebody meant who wrote this one; undefined where nobody can say. */
export function regionMeantBy(regionCode: string): string | undefined {
  return ISO_FOR[regionCode];
}

/** What is wrong with a region that Sinch sells no numbers in. */
export function describeUnsoldRegion(regionCode: string): string {
  const meant = regionMeantBy(regionCode);
  const remedy = meant === undefined ? '"number-orders regions" tells where it does' : `did you mean ${meant}?`;
  return `must be another: Sinch sells no numbers in ${regionCode}; ${remedy}`;
}
