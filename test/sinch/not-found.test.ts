import { json, text } from '../support/scripted-server';
import { noRequirements } from '../support/sinch-documented';
import { creation, failureOf, ScriptedSinch } from './scripted-sinch';

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start();
});
afterEach(() => sinch.close());

const ofSinch = (message: string, details: unknown[] = []) => ({
  error: { code: 404, message, status: 'NOT_FOUND', details },
});
const resource = (resourceType: string, resourceName: string) => ({
  type: 'ResourceInfo',
  resourceType,
  resourceName,
  owner: '',
  description: '',
});

/** As gateways and frameworks answer for a route that they do not have. */
const foreign: [string, unknown][] = [
  ['Kong', { message: 'no Route matched with those values', request_id: '7f' }],
  ['an API gateway', { message: 'Not Found' }],
  ['a gRPC gateway', { code: 5, message: 'Not Found', details: [] }],
  ['Spring', { timestamp: '2026-01-01T00:00:00Z', status: 404, error: 'Not Found', path: '/v1/projects' }],
  ['problem details', { type: 'about:blank', title: 'Not Found', status: 404 }],
  ['an error without a status', { error: { code: 404, message: 'no route' } }],
  ['an error with a numeric status', { error: { status: 404, message: 'NOT_FOUND' } }],
  ['an error that is a text', { error: 'NOT_FOUND' }],
  ['an error that is null', { error: null }],
  ['an empty object', {}],
  ['a list', [noRequirements]],
  ['a text', 'NOT_FOUND'],
];

describe('a 404 that does not come from Sinch', () => {
  it.each(foreign)('to a lookup does not mean that no KYC is needed: %s', async (_name, body) => {
    sinch.answers(json(404, body));
    const lookup = sinch.client.lookupNumberRequirements({ regionCode: 'AU', numberType: 'MOBILE' });
    expect(await failureOf(lookup)).toMatchObject({ type: 'SinchUnavailable', status: 404 });
  });

  it.each(foreign)('to a read of an order does not mean that the order is lost: %s', async (_name, body) => {
    sinch.answers(json(404, body));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ type: 'SinchUnavailable' });
    expect(await failureOf(sinch.client.getActiveNumber('+61400000001'))).toMatchObject({ type: 'SinchUnavailable' });
  });

  it('to a read of a number does not mean that it is taken, and to a creation means that nothing was reserved', async () => {
    for (const step of [json(404, { message: 'no Route matched' }), text(404, ''), text(404, '404 page not found')]) {
      sinch.answers(step);
      expect(await failureOf(sinch.client.getAvailableNumber('+61400000001'))).toMatchObject({
        type: 'SinchUnavailable',
      });
      expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
        type: 'SinchUnavailable',
        possiblyProcessed: false,
      });
    }
  });

  it.each([
    ["Sinch's, of the project", ofSinch('Requested entity was not found', [resource('Project', 'project-1')])],
    ['of a path with the name in it', ofSinch('No route /numberOrders:lookupNumberRequirements')],
    ['of a resource with the name in it', ofSinch('', [resource('Path', '/numberOrders:lookupNumberRequirements')])],
  ])('or is not about requirements does not mean that no KYC is needed: %s', async (_name, body) => {
    sinch.answers(json(404, body));
    const lookup = sinch.client.lookupNumberRequirements({ regionCode: 'AU', numberType: 'MOBILE' });
    expect(await failureOf(lookup)).toMatchObject({ type: 'SinchUnavailable' });
  });
});

describe('a 404 that comes from Sinch', () => {
  it.each([
    ['as production answers it', noRequirements],
    ['by its message alone', { error: { code: 404, message: 'Number requirements not found' } }],
    ['by the resource alone', { error: { details: [resource('NumberProduct', 'numberRequirements')] } }],
  ])('to a lookup is recognised %s, and nothing is to be registered', async (_name, body) => {
    sinch.answers(json(404, body));
    const lookup = sinch.client.lookupNumberRequirements({ regionCode: 'US', numberType: 'LOCAL' });
    expect(await failureOf(lookup)).toMatchObject({ type: 'SinchNotFound' });
  });

  it.each([
    ['its status', ofSinch('')],
    ['the resource', { error: { code: 404, details: [resource('NumberOrder', 'order-1')] } }],
  ])('to a read of an order is recognised by %s', async (_name, body) => {
    sinch.answers(json(404, body));
    expect(await failureOf(sinch.client.getNumberOrder('order-1'))).toMatchObject({ type: 'SinchNotFound' });
  });
});
