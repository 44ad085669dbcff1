import { OPERATIONS } from '../../fake-sinch/faults';
import { expectDocumented, expectDocumentedRequest, openApi } from '../support/openapi';
import { DOCUMENTED_STATUSES } from '../support/sinch-documented';

test('openapi.yaml and the fake know the same operations', () => {
  const documented = Object.values(openApi.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(documented.toSorted()).toEqual(OPERATIONS.toSorted());
});

test.each(OPERATIONS)('openapi.yaml says how certain each answer of %s is', (operationId) => {
  const methods = Object.values(openApi.paths).flatMap((path) => Object.values(path));
  const { responses, 'x-sinch': sinch } = methods.find((method) => method.operationId === operationId) ?? {};
  const { documented = [], live = [], sdk = [], assumed = [], ...unknown } = sinch ?? {};
  const statuses = [...documented, ...live, ...sdk, ...assumed].map(String);
  expect(statuses.toSorted()).toEqual(Object.keys(responses ?? {}).toSorted());
  expect(unknown).toEqual({});
  expect(documented).toEqual(DOCUMENTED_STATUSES[operationId]);
});

test('an answer is validated with its schema', () => {
  const token = { access_token: 'token', token_type: 'bearer', expires_in: 3600 };
  expect(() => expectDocumented('token', 200, token)).not.toThrow();
  expect(() => expectDocumented('token', 200, { ...token, expires_in: 'soon' })).toThrow('expires_in must be number');
  expect(() => expectDocumented('token', 200, { ...token, extra: 1 })).toThrow('additional properties');
  expect(() => expectDocumented('token', 418, token)).toThrow('documents no 418 for token');
  expect(() => expectDocumented('fly', 200, {})).toThrow('no operation fly');
});

test('a request is validated with its schema', () => {
  const order = { regionCode: 'AU', numberType: 'MOBILE', numberOrderOption: { phoneNumbers: ['+61480000000'] } };
  expect(() => expectDocumentedRequest('createNumberOrder', order)).not.toThrow();
  expect(() =>
    expectDocumentedRequest('createNumberOrder', { ...order, quantityOrderOption: { requestedQuantity: 1 } }),
  ).toThrow('exactly one');
});
