import { callbackPath, verifyCallbackPath } from '../../src/callbacks/path';

const secret = 'callback-secret-0123456789abcdefgh';

describe('The callback path that is given to Sinch', () => {
  it('names the order and its attempt', () => {
    const path = callbackPath(secret, 'customer.7_order-1', 12);
    expect(path).toMatch(/^customer\.7_order-1\/12\/[A-Za-z0-9_-]{22}$/);
    expect(verifyCallbackPath(secret, `/${path}`)).toEqual({ reference: 'customer.7_order-1', attempt: 12 });
  });

  it('is the same every time, so that any process can check it', () => {
    expect(callbackPath(secret, 'order-1', 1)).toBe(callbackPath(secret, 'order-1', 1));
  });

  it.each([
    ['a reference no order can have', callbackPath(secret, '..', 1)],
    ['an attempt that is no count', callbackPath(secret, 'order-1', 1.5)],
    ['an attempt that never was', callbackPath(secret, 'order-1', 0)],
    ['an attempt written otherwise', callbackPath(secret, 'order-1', 1).replace('/1/', '/01/')],
    ['something after it', `${callbackPath(secret, 'order-1', 1)}/`],
  ])('is refused with %s', (_name, path) => {
    expect(verifyCallbackPath(secret, `/${path}`)).toBeUndefined();
  });
});
