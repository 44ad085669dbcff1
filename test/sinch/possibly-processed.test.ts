import { possiblyProcessed } from '../../src/sinch/possibly-processed';

describe('a request that failed', () => {
  test('was certainly not processed when it was never sent', () => {
    expect(possiblyProcessed({ sent: false })).toBe(false);
  });

  test('was possibly processed when it was sent and no answer came', () => {
    expect(possiblyProcessed({ sent: true })).toBe(true);
  });

  const everyStatus = Array.from({ length: 300 }, (_, index) => 300 + index);
  const UNCLEAR = [408, 409, 499];

  test('was certainly not processed when it was refused, with any 4xx', () => {
    const refusals = everyStatus.filter((status) => status >= 400 && status < 500 && !UNCLEAR.includes(status));
    expect(refusals.filter((status) => possiblyProcessed({ sent: true, status }))).toEqual([]);
    expect(refusals).toEqual(expect.arrayContaining([400, 401, 402, 404, 410, 415, 418, 422, 423, 424, 425, 429, 451]));
  });

  test('was possibly processed with any other answer', () => {
    const others = [200, 201, ...everyStatus.filter((status) => status < 400 || status >= 500), ...UNCLEAR];
    expect(others.filter((status) => !possiblyProcessed({ sent: true, status }))).toEqual([]);
  });
});
