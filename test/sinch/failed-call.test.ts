import { inspect } from 'node:util';
import { html, json, text } from '../support/scripted-server';
import { creation, failureOf, order, ScriptedSinch } from './scripted-sinch';

/** Stands for KYC that Sinch echoes. */
const CANARY = 'Erika-Mustermann-CANARY';
const NOW = Date.parse('2026-01-01T00:00:00Z');

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start({ now: () => NOW });
});
afterEach(() => sinch.close());

const error = (code: number, details: unknown[] = []) => ({
  error: { code, message: `refused: ${CANARY}`, status: code === 404 ? 'NOT_FOUND' : 'STATUS', details },
});

describe('an answer of Sinch becomes a failure of the registry', () => {
  test.each([
    [400, 'SinchInvalidArgument', false],
    [401, 'SinchUnauthorized', false],
    [402, 'SinchInvalidArgument', false],
    [403, 'SinchUnauthorized', false],
    [404, 'SinchNotFound', false],
    [408, 'SinchUnavailable', true],
    [409, 'SinchInvalidArgument', true],
    [410, 'SinchInvalidArgument', false],
    [413, 'SinchTooLarge', false],
    [422, 'SinchInvalidArgument', false],
    [429, 'SinchRateLimited', false],
    [500, 'SinchUnavailable', true],
    [502, 'SinchUnavailable', true],
    [503, 'SinchUnavailable', true],
    [504, 'SinchUnavailable', true],
  ])('%d is %s, possibly processed: %s', async (status, type, possiblyProcessed) => {
    sinch.answers(json(status, error(status)));
    const failure = await failureOf(sinch.client.createNumberOrder(creation));
    expect(failure).toMatchObject({ type, status, possiblyProcessed, operation: 'createNumberOrder', violations: [] });
  });

  test.each([
    [400, 'SinchUnavailable'],
    [401, 'SinchUnauthorized'],
    [403, 'SinchUnauthorized'],
    [404, 'SinchUnavailable'],
    [413, 'SinchTooLarge'],
    [429, 'SinchRateLimited'],
    [503, 'SinchUnavailable'],
  ])('%d with the HTML page of a proxy, to a reading call, is %s', async (status, type) => {
    sinch.answers(html(status));
    const failure = await failureOf(sinch.client.lookupNumberRequirements({ regionCode: 'US', numberType: 'LOCAL' }));
    expect(failure).toMatchObject({ type, status });
  });

  test.each([
    [400, 'SinchInvalidArgument'],
    [404, 'SinchUnavailable'],
    [415, 'SinchInvalidArgument'],
    [503, 'SinchUnavailable'],
  ])('%d with the HTML page of a proxy, to a changing call, is %s', async (status, type) => {
    sinch.answers(html(status));
    const failure = await failureOf(sinch.client.updateRegistration('order-1', { data: [] }));
    expect(failure).toMatchObject({ type, status });
  });

  test('403 with an empty body is SinchUnauthorized', async () => {
    sinch.answers(text(403, ''));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ type: 'SinchUnauthorized' });
  });

  test('a redirect is not followed', async () => {
    sinch.answers(text(307, '', { Location: `${sinch.server.url}/elsewhere` }), json(200, order()));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnavailable',
      status: 307,
      possiblyProcessed: true,
    });
    expect(sinch.apiRequests).toHaveLength(1);
  });

  test('a 2xx that is not JSON is SinchUnavailable, and the order may have been created', async () => {
    sinch.answers(html(200));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnavailable',
      status: 200,
      possiblyProcessed: true,
    });
  });

  test('an answer larger than any of the API is SinchUnavailable', async () => {
    sinch.answers(text(200, ' '.repeat(11 * 1024 * 1024)));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ type: 'SinchUnavailable' });
  });
});

describe('the message of a refusal', () => {
  test('reaches the caller as Sinch said it', async () => {
    sinch.answers(json(402, error(402)));
    const failure = await failureOf(sinch.client.createNumberOrder(creation));
    expect(failure).toMatchObject({ violations: [], said: `refused: ${CANARY}` });
  });

  test.each([
    ['no text', json(402, { error: { message: 7 } })],
    ['empty', json(402, { error: { message: '' } })],
    ['on a page of a proxy', html(402)],
  ])('is undefined if it is %s', async (_name, step) => {
    sinch.answers(step);
    expect((await failureOf(sinch.client.createNumberOrder(creation))).said).toBeUndefined();
  });
});

describe('the field violations of a refusal', () => {
  test('reach the caller, from whichever detail holds them', async () => {
    const details = [
      { type: 'Help' },
      { type: 'BadRequest', fieldViolations: [{ field: 'data[0].city', description: `not a city: ${CANARY}` }] },
    ];
    sinch.answers(json(400, error(400, details)));
    const failure = await failureOf(sinch.client.updateRegistration('order-1', { data: [] }));
    expect(failure.violations).toEqual([{ field: 'data[0].city', description: `not a city: ${CANARY}` }]);
  });

  test('are read as far as possible', async () => {
    const fieldViolations = [{ field: 'data' }, { description: 'of nothing' }, 'odd', null];
    sinch.answers(json(400, error(400, ['odd', { fieldViolations: 'odd' }, { fieldViolations }])));
    const failure = await failureOf(sinch.client.updateRegistration('order-1', { data: [] }));
    expect(failure.violations).toEqual([{ field: 'data', description: '' }]);
  });
});

describe('the delay that Sinch asks for', () => {
  test('is kept when it is in seconds', async () => {
    sinch.answers(json(429, error(429), { 'Retry-After': '7' }));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ retryAfterMs: 7000 });
  });

  test('is kept when it is a date', async () => {
    sinch.answers(json(503, error(503), { 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT' }));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ retryAfterMs: 9000 });
  });
});

describe('personal data', () => {
  test.each([
    ['a refusal', json(400, error(400, [{ fieldViolations: [{ field: 'data', description: CANARY }] }]))],
    ['a proxy page', text(502, `<html>${CANARY}</html>`)],
    ['an unreadable answer', text(200, CANARY)],
  ])('that %s contains, or that was sent, is nowhere in what a log prints of the failure', async (_name, step) => {
    sinch.answers(step);
    const failure = await failureOf(sinch.client.createNumberOrder({ ...creation, callbackUrl: CANARY }));
    const printed = [failure.message, failure.stack, inspect(failure, { depth: 10 }), JSON.stringify(failure)].join();
    expect(printed).toContain('createNumberOrder');
    expect(printed).not.toContain(CANARY);
    expect(printed).not.toContain('token-1');
    expect(JSON.stringify(sinch.calls)).not.toContain(CANARY);
  });
});

describe('a failure', () => {
  test('names the call, its status, and what to do', async () => {
    sinch.answers(json(403, error(403)));
    const failure = await failureOf(sinch.client.releaseNumber('+61400000001'));
    expect(failure.message).toBe(
      'releaseNumber: Sinch answered 403. Check the key id, the key secret, the project id and the rights of the key.',
    );
  });

  test('carries the correlation id that was sent', async () => {
    sinch.answers(json(500, error(500)));
    const failure = await failureOf(sinch.client.getNumberOrder('order-1'));
    expect(sinch.apiRequests[0]?.headers['x-correlation-id']).toBe(failure.correlationId);
  });
});
