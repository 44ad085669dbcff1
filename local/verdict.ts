import { bold, green, print, red } from './terminal';

/** Something that must be so for the telling to be true. */
export interface Claim {
  claim: string;
  ok: boolean;
}

export function printClaims(title: string, claims: readonly Claim[]): void {
  print('', bold(title), ...claims.map(({ claim, ok }) => `  ${ok ? green('yes') : red('NO ')}  ${claim}`));
}

export const allHold = (claims: readonly Claim[]): boolean => claims.every(({ ok }) => ok);
