import { preferredNumber } from '../../src/activities/spread';

const numbers = Array.from({ length: 50 }, (_, index) => `+6148000${String(index).padStart(4, '0')}`);
const orders = Array.from({ length: 60 }, (_, index) => `order-${index}`);

describe('the number an order tries first', () => {
  it('differs between most of the orders that search at once', () => {
    const chosen = new Set(orders.map((reference) => preferredNumber(numbers, reference)));
    // Where each takes one of 50 by chance, 60 take 35 different ones on average.
    expect(chosen.size).toBeGreaterThan(25);
  });

  it('is the same in whatever order Sinch lists the numbers, so that a restarted order tries the same one', () => {
    for (const reference of orders)
      expect(preferredNumber([...numbers].reverse(), reference)).toBe(preferredNumber(numbers, reference));
  });

  it('is never one that it has already tried, and is undefined when it has tried them all', () => {
    const [last = '', ...others] = numbers;
    expect(preferredNumber(numbers, 'order', others)).toBe(last);
    expect(preferredNumber(numbers, 'order', numbers)).toBeNull();
    expect(preferredNumber([], 'order')).toBeNull();
  });
});
