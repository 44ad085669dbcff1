import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Control } from './control';
import { controlRoutes } from './control-routes';
import { bareError, notFound } from './errors';
import type { ActiveFault } from './faults';
import { type Answer, answerOf, findRoute, send } from './http';
import { apiRoutes } from './routes';
import type { Sinch } from './sinch';

/** The one handler of the server: the API with its faults, and the control beside it. */
export function requestHandler(
  sinch: Sinch,
  control: Control,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const api = apiRoutes(sinch);
  const controls = controlRoutes(control);

  return async (request, response) => {
    sinch.clock.settle();
    const controlled = findRoute(controls, request);
    if (controlled) {
      send(response, await answerOf(() => controlled.route.handle(controlled.call)));
      return;
    }
    const found = findRoute(api, request);
    if (!found) {
      send(response, { status: 404, body: notFound('Path', request.method ?? '').body });
      return;
    }
    const { route, call } = found;
    const fault = sinch.faults.take(route.operation);
    sinch.countRequest(route.operation, fault);
    if (fault && fault.delayMs > 0) {
      await delay(fault.delayMs, undefined, { ref: false });
      sinch.clock.settle();
    }
    const spoiled = fault && fault.effect !== 'DELAY';
    if (spoiled && fault.when === 'BEFORE') {
      misbehave(fault, response);
      return;
    }
    const answer = await answerOf(() => route.handle(call));
    if (spoiled && !(fault.effect === 'ANSWER' && answer.status >= 300)) misbehave(fault, response);
    else send(response, answer);
  };
}

function misbehave(fault: ActiveFault, response: ServerResponse): void {
  if (fault.effect === 'RESET') response.socket?.resetAndDestroy();
  else if (fault.effect !== 'HANG') send(response, faultAnswer(fault));
}

function faultAnswer({ effect, status, retryAfter, body, contentType }: ActiveFault): Answer {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (effect === 'HTML') {
    const page = '<html><body><h1>Service unavailable</h1></body></html>';
    return { status: status ?? 503, headers: { ...headers, 'content-type': 'text/html' }, body: page };
  }
  if (effect === 'ANSWER') {
    if (body === undefined) return { status: status ?? 200, headers, body };
    const type = contentType ?? (typeof body === 'string' ? 'text/plain' : 'application/json');
    return { status: status ?? 200, headers: { ...headers, 'content-type': type }, body };
  }
  const error = bareError(status ?? 500, 'A fault on command');
  return { status: error.httpStatus, headers, body: error.body };
}
