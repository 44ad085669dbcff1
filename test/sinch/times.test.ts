import { numberOrder } from '../../src/sinch/schemas';

const orderWith = (times: { createTime?: string; expireTime?: string | null }) =>
  numberOrder.parse({ idNumberOrder: 'order-1', state: 'CREATED', regionCode: 'US', numberType: 'LOCAL', ...times });

describe('a time Sinch answers', () => {
  it.each([
    ['2026-01-31T18:00:00Z', '2026-01-31T18:00:00Z'],
    ['2026-01-31T20:00:00.5+02:00', '2026-01-31T20:00:00.5+02:00'],
    // Without a zone it is UTC, wherever the worker runs.
    ['2026-01-31T18:00:00', '2026-01-31T18:00:00Z'],
  ])('%s is read as %s', (written, read) => {
    expect(orderWith({ createTime: written, expireTime: written })).toMatchObject({
      createTime: read,
      expireTime: read,
    });
  });

  it.each(['soon', '', '2026-99-99T00:00:00Z'])('%p is none, and no order is stopped by it', (written) => {
    expect(orderWith({ createTime: written, expireTime: written })).toMatchObject({
      createTime: undefined,
      expireTime: null,
    });
  });
});
