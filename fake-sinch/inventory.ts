import type { Capability, Money, NumberType, SearchPattern } from './types';

export interface StockNumber {
  phoneNumber: string;
  regionCode: string;
  type: NumberType;
  capabilities: Capability[];
  /** TAKEN: another customer has it. */
  status: 'AVAILABLE' | 'RESERVED' | 'SOLD' | 'TAKEN';
}

export interface NumberQuery {
  regionCode: string;
  type: NumberType;
  pattern?: string | undefined;
  searchPattern?: SearchPattern | undefined;
  capabilities?: Capability[] | undefined;
}

interface Series {
  regionCode: string;
  type: NumberType;
  prefixes: string[];
  digits: number;
  capabilities: Capability[];
}

const SERIES: Series[] = [
  { regionCode: 'AU', type: 'MOBILE', prefixes: ['+614800'], digits: 5, capabilities: ['SMS', 'VOICE'] },
  // Where the number of Sinch's own example is.
  { regionCode: 'AU', type: 'MOBILE', prefixes: ['+61411111'], digits: 3, capabilities: ['SMS'] },
  { regionCode: 'DE', type: 'LOCAL', prefixes: ['+493023', '+498923'], digits: 6, capabilities: ['VOICE'] },
  { regionCode: 'ES', type: 'MOBILE', prefixes: ['+3461000'], digits: 4, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'GB', type: 'MOBILE', prefixes: ['+447911'], digits: 6, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'IT', type: 'MOBILE', prefixes: ['+3932000'], digits: 5, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'NL', type: 'MOBILE', prefixes: ['+3161000'], digits: 4, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'SE', type: 'MOBILE', prefixes: ['+4670174'], digits: 4, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'US', type: 'LOCAL', prefixes: ['+1212555', '+1415555'], digits: 4, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'US', type: 'MOBILE', prefixes: ['+1305555'], digits: 4, capabilities: ['SMS', 'VOICE'] },
  { regionCode: 'US', type: 'TOLL_FREE', prefixes: ['+1888555'], digits: 4, capabilities: ['SMS', 'VOICE'] },
];
const NUMBERS_A_PREFIX = 500;

/** Amounts are decimal strings, as Sinch sends them. */
export interface StockPrice {
  currencyCode: string;
  setup: string;
  monthly: string;
}

const PRICES: Record<NumberType, StockPrice> = {
  MOBILE: { currencyCode: 'EUR', setup: '0.00', monthly: '6.00' },
  LOCAL: { currencyCode: 'EUR', setup: '1.00', monthly: '2.50' },
  TOLL_FREE: { currencyCode: 'EUR', setup: '1.00', monthly: '4.00' },
};

export interface NumberPrice {
  setupPrice: Money;
  monthlyPrice: Money;
  paymentIntervalMonths: number;
}

/** The numbers for sale: the same ones at every start, so that a test can name them beforehand. */
export class Inventory {
  readonly #numbers = new Map<string, StockNumber>();
  readonly #prices = new Map<string, StockPrice>();

  constructor() {
    for (const { regionCode, type, prefixes, digits, capabilities } of SERIES) {
      for (const prefix of prefixes) {
        for (let index = 0; index < NUMBERS_A_PREFIX; index += 1) {
          this.add({ phoneNumber: prefix + String(index).padStart(digits, '0'), regionCode, type, capabilities });
        }
      }
    }
  }

  add(number: Omit<StockNumber, 'status'>): void {
    this.#numbers.set(number.phoneNumber, { ...number, status: 'AVAILABLE' });
  }

  remove(phoneNumber: string): boolean {
    return this.#numbers.delete(phoneNumber);
  }

  get(phoneNumber: string): StockNumber | undefined {
    return this.#numbers.get(phoneNumber);
  }

  setStatus(phoneNumbers: string[], status: StockNumber['status']): void {
    for (const phoneNumber of phoneNumbers) {
      const number = this.#numbers.get(phoneNumber);
      if (number) number.status = status;
    }
  }

  setPrice(phoneNumber: string, price: StockPrice): void {
    this.#prices.set(phoneNumber, price);
  }

  /** Its own price, or else that of its type. */
  priceOf(phoneNumber: string, type: NumberType): NumberPrice {
    const { currencyCode, setup, monthly } = this.#prices.get(phoneNumber) ?? PRICES[type];
    return {
      setupPrice: { currencyCode, amount: setup },
      monthlyPrice: { currencyCode, amount: monthly },
      paymentIntervalMonths: 1,
    };
  }

  hasRegion(regionCode: string): boolean {
    return this.#some((number) => number.regionCode === regionCode);
  }

  /** Each region with the types of its numbers, including taken ones. */
  regions(): { regionCode: string; types: NumberType[] }[] {
    const types = new Map<string, Set<NumberType>>();
    for (const { regionCode, type } of this.#numbers.values()) {
      types.set(regionCode, (types.get(regionCode) ?? new Set()).add(type));
    }
    return [...types].map(([regionCode, offered]) => ({ regionCode, types: [...offered] }));
  }

  offers(regionCode: string, type: NumberType): boolean {
    return this.#some((number) => number.regionCode === regionCode && number.type === type);
  }

  /** What can be ordered now, in the order of the series. */
  search(query: NumberQuery): StockNumber[] {
    return [...this.#numbers.values()].filter(
      (number) =>
        number.status === 'AVAILABLE' &&
        number.regionCode === query.regionCode &&
        number.type === query.type &&
        (query.capabilities ?? []).every((capability) => number.capabilities.includes(capability)) &&
        fits(number.phoneNumber, query.pattern, query.searchPattern),
    );
  }

  /** The first available numbers of a count, or undefined if there are too few (or no unbroken row of them). */
  pick(query: NumberQuery, quantity: number, sequential: boolean): string[] | undefined {
    const found = this.search(query).map((number) => number.phoneNumber);
    for (let start = 0; start + quantity <= found.length; start += 1) {
      const row = found.slice(start, start + quantity);
      if (!sequential || Number(row.at(-1)) - Number(row[0]) === quantity - 1) return row;
    }
    return undefined;
  }

  #some(test: (number: StockNumber) => boolean): boolean {
    return [...this.#numbers.values()].some(test);
  }
}

/** The pattern matches the full E.164 number: START needs `+1212`, not `212`. CONTAINS when left out. */
function fits(phoneNumber: string, pattern = '', searchPattern: SearchPattern = 'CONTAINS'): boolean {
  if (searchPattern === 'START') return phoneNumber.startsWith(pattern);
  if (searchPattern === 'END') return phoneNumber.endsWith(pattern);
  return phoneNumber.includes(pattern);
}
