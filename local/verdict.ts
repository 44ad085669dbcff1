import { bold, green, print, red } from './terminal';

/** Something that must be so for the telling to be true. */
export interface Claim {
  claim: string;
  ok: boolean;
}

const lineOf = ({ claim, ok }: Claim) => `  ${ok ? green('yes') : red('NO ')}  ${claim}`;

/** A claim, printed as it is made. */
export function told(claim: string, ok: boolean): Claim {
  print(lineOf({ claim, ok }));
  return { claim, ok };
}

export function printClaims(title: string, claims: readonly Claim[]): void {
  print('', bold(title), ...claims.map(lineOf));
}

export const allHold = (claims: readonly Claim[]): boolean => claims.every(({ ok }) => ok);
