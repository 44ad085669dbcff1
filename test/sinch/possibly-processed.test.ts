import { possiblyProcessed } from '../../src/sinch/possibly-processed';

describe('a request that failed', () => {
  test('was certainly not processed when it was never sent', () => {
    expect(possiblyProcessed({ sent: false })).toBe(false);
  });

  test('was possibly processed when it was sent and no answer came', () => {
    expect(possiblyProcessed({ sent: true })).toBe(true);
  });

  test.each([400, 401, 403, 404, 409, 413, 429])(
    'was certainly not processed when it was refused with %d',
    (status) => {
      expect(possiblyProcessed({ sent: true, status })).toBe(false);
    },
  );

  test.each([200, 201, 302, 408, 418, 500, 502, 503, 504])(
    'was possibly processed when it was answered %d',
    (status) => {
      expect(possiblyProcessed({ sent: true, status })).toBe(true);
    },
  );
});
