import { bareError, checkPhoneNumber, invalidArgument, notFound } from './errors';
import type { Operation } from './faults';
import { type Call, readJson, readText, type Route } from './http';
import { receiveFile } from './uploaded-file';
import {
  callbackConfigurationRequest,
  createRequest,
  listRequest,
  lookupRequest,
  parse,
  regionsRequest,
  registrationRequest,
  searchRequest,
} from './requests';
import type { Sinch } from './sinch';
import type { NumberType, Order } from './types';
import { availableNumberView, availableRegionView, orderView, registrationView } from './views';

export interface ApiRoute extends Route {
  operation: Operation;
}

const ORDER = '/numberOrders/([^/:]+)';

/** Every operation of the API, by the name that faults and the audit use for it. */
export function apiRoutes(sinch: Sinch): ApiRoute[] {
  const { orders, activeNumbers, inventory, requirements, callbacks, projectId } = sinch;
  const route = (operation: Operation, method: string, path: string, handle: (call: Call) => unknown): ApiRoute => ({
    operation,
    method,
    path: new RegExp(`^/v1/projects/([^/]+)${path}$`),
    handle: (call) => {
      sinch.tokens.check(call.request.headers.authorization);
      const [named, ...params] = call.params;
      if (named !== projectId) throw bareError(403, '');
      return handle({ ...call, params });
    },
  });
  const orderOf = ({ params }: Call): Order => orders.get(params[0] ?? '');
  const view = (order: Order): object => orderView(projectId, sinch.settings, inventory, order);

  return [
    {
      operation: 'token',
      method: 'POST',
      path: /^\/oauth2\/token$/,
      handle: async ({ request }) => {
        const form = new URLSearchParams(await readText(request));
        if (form.get('grant_type') !== 'client_credentials') {
          throw invalidArgument({ field: 'grant_type', description: 'must be client_credentials' });
        }
        return sinch.tokens.issue(request.headers.authorization);
      },
    },
    route('lookupNumberRequirements', 'POST', '/numberOrders:lookupNumberRequirements', async ({ request }) => {
      const { regionCode, numberType } = parse(lookupRequest, await readJson(request));
      checkOffered(sinch, regionCode, numberType, 'numberType');
      const found = requirements.get(regionCode, numberType);
      // Word for word as production answers it.
      if (!found) throw notFound('NumberProduct', 'numberRequirements', 'Number requirements not found');
      return found;
    }),
    route('searchAvailableNumbers', 'GET', '/availableNumbers', ({ query }) => {
      const capabilities = query.getAll('capabilities');
      const search = parse(searchRequest, {
        ...Object.fromEntries(query),
        capabilities: capabilities.length > 0 ? capabilities : undefined,
      });
      const { regionCode, type } = search;
      checkOffered(sinch, regionCode, type, 'type');
      const found = inventory.search({
        regionCode,
        type,
        pattern: search['numberPattern.pattern'],
        searchPattern: search['numberPattern.searchPattern'],
        capabilities: search.capabilities,
      });
      return { availableNumbers: found.slice(0, search.size).map((number) => availableNumberView(inventory, number)) };
    }),
    route('getAvailableNumber', 'GET', '/availableNumbers/([^/:]+)', ({ params }) => {
      const [phoneNumber = ''] = params;
      checkPhoneNumber(phoneNumber);
      const number = inventory.get(phoneNumber);
      if (number?.status !== 'AVAILABLE') throw notFound('AvailableNumber', phoneNumber);
      return availableNumberView(inventory, number);
    }),
    route('listAvailableRegions', 'GET', '/availableRegions', ({ query }) => {
      const { types } = parse(regionsRequest, { types: query.getAll('types') });
      const fitting = (type: NumberType): boolean => types.length === 0 || types.includes(type);
      return {
        availableRegions: inventory
          .regions()
          .filter((region) => region.types.some(fitting))
          .map(availableRegionView),
      };
    }),
    route('createNumberOrder', 'POST', '/numberOrders:createNumberOrder', async ({ request }) => {
      const { numberOrderOption, quantityOrderOption, ...rest } = parse(createRequest, await readJson(request));
      const { regionCode, numberType } = rest;
      checkOffered(sinch, regionCode, numberType, 'numberType');
      if (numberOrderOption) {
        checkAvailable(sinch, numberOrderOption.phoneNumbers, regionCode, numberType);
        return view(orders.create({ ...rest, phoneNumbers: numberOrderOption.phoneNumbers }));
      }
      const { requestedQuantity = 1, numberPattern, sequential = false, capabilities } = quantityOrderOption ?? {};
      const number = { regionCode, type: numberType, ...numberPattern, capabilities };
      const phoneNumbers = inventory.pick(number, requestedQuantity, sequential);
      if (!phoneNumbers) {
        const description = 'there are not so many numbers available that fit';
        throw invalidArgument({ field: 'quantityOrderOption.requestedQuantity', description });
      }
      return view(orders.create({ ...rest, phoneNumbers }));
    }),
    route('getNumberOrder', 'GET', ORDER, (call) => view(orderOf(call))),
    route('updateRegistration', 'PUT', `${ORDER}/registration`, async (call) => {
      const order = orderOf(call);
      orders.register(order, parse(registrationRequest, await readJson(call.request)).requestDetails);
      return registrationView(order, sinch.settings);
    }),
    route('getRegistration', 'GET', `${ORDER}/registration`, (call) => registrationView(orderOf(call), sinch.settings)),
    route('uploadAttachment', 'POST', `${ORDER}/attachments/([^/]+)`, async (call) => {
      const order = orderOf(call);
      const attachmentId = call.params[1] ?? '';
      orders.requiredAttachment(order, attachmentId);
      orders.upload(order, attachmentId, await receiveFile(call, sinch.settings.attachmentLimitBytes));
      return {};
    }),
    route('submit', 'POST', `${ORDER}/submit`, (call) => {
      const order = orderOf(call);
      orders.submit(order);
      return view(order);
    }),
    route('listActiveNumbers', 'GET', '/activeNumbers', ({ query }) => {
      const { regionCode, type, pageSize, pageToken } = parse(listRequest, Object.fromEntries(query));
      const from = Number(pageToken ?? 0);
      const all = activeNumbers.list(regionCode, type);
      const next = from + pageSize;
      return {
        activeNumbers: all.slice(from, next).map((phoneNumber) => activeNumbers.view(phoneNumber)),
        nextPageToken: next < all.length ? String(next) : '',
        totalSize: all.length,
      };
    }),
    route('getActiveNumber', 'GET', '/activeNumbers/([^/:]+)', ({ params }) => activeNumbers.view(params[0] ?? '')),
    route('releaseNumber', 'POST', '/activeNumbers/([^/:]+):release', ({ params }) =>
      activeNumbers.release(params[0] ?? ''),
    ),
    route('getCallbackConfiguration', 'GET', '/callbackConfiguration', () => ({
      projectId,
      hmacSecret: callbacks.hmacSecret,
    })),
    route('updateCallbackConfiguration', 'PATCH', '/callbackConfiguration', async ({ request }) => {
      callbacks.hmacSecret = parse(callbackConfigurationRequest, await readJson(request)).hmacSecret;
      return { projectId, hmacSecret: callbacks.hmacSecret };
    }),
  ];
}

function checkOffered({ inventory, requirements }: Sinch, regionCode: string, type: NumberType, field: string): void {
  if (inventory.offers(regionCode, type) || requirements.get(regionCode, type)) return;
  if (!inventory.hasRegion(regionCode)) throw invalidArgument({ field: 'regionCode', description: 'unknown region' });
  throw invalidArgument({ field, description: 'not offered in this region' });
}

function checkAvailable({ inventory }: Sinch, phoneNumbers: string[], regionCode: string, type: NumberType): void {
  const available = phoneNumbers.every((phoneNumber) => {
    const number = inventory.get(phoneNumber);
    return number?.status === 'AVAILABLE' && number.regionCode === regionCode && number.type === type;
  });
  if (available) return;
  throw invalidArgument({ field: 'numberOrderOption.phoneNumbers', description: 'the number is not available' });
}
