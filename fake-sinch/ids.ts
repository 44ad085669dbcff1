import { randomBytes } from 'node:crypto';

/** The alphabet of ULIDs (Crockford's base 32), in lower case as Sinch writes its ids. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

/** An id such as `03kjzencnckxrn216rr1zzzzzz`: the time in milliseconds, then chance. Callers take it as opaque. */
export function newId(time: number): string {
  let id = '';
  for (let rest = Math.floor(time); id.length < TIME_CHARACTERS; rest = Math.floor(rest / 32)) {
    id = characterOf(rest) + id;
  }
  return id + Array.from(randomBytes(RANDOM_CHARACTERS), characterOf).join('');
}

const characterOf = (number: number): string => ALPHABET.charAt(number % 32);
