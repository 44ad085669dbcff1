import { type FakeSinch, type FakeSinchOptions, startFakeSinch } from '../../fake-sinch';
import { expectDocumented } from '../support/openapi';

export interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A caller that knows nothing but the API's description: plain fetch, every answer held to the OpenAPI document. */
export class Caller {
  constructor(readonly fake: FakeSinch) {}

  get basic(): string {
    return `Basic ${Buffer.from(`${this.fake.keyId}:${this.fake.keySecret}`).toString('base64')}`;
  }

  async call(operation: string, method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
    const form = body instanceof FormData;
    const response = await fetch(`${this.fake.url}/v1/projects/${this.fake.projectId}${path}`, {
      method,
      headers: { authorization: this.basic, ...(!form && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    const reply = { status: response.status, headers: response.headers, body: await response.json() };
    expectDocumented(operation, reply.status, reply.body);
    return reply;
  }

  lookup(regionCode: string, numberType: string): Promise<Reply> {
    const path = '/numberOrders:lookupNumberRequirements';
    return this.call('lookupNumberRequirements', 'POST', path, { regionCode, numberType });
  }

  search(query: string): Promise<Reply> {
    return this.call('searchAvailableNumbers', 'GET', `/availableNumbers?${query}`);
  }

  create(request: object): Promise<Reply> {
    return this.call('createNumberOrder', 'POST', '/numberOrders:createNumberOrder', request);
  }

  /** Orders the first number there is; answers the order's id. */
  async reserve(regionCode: string, numberType: 'MOBILE' | 'LOCAL' | 'TOLL_FREE', more = {}): Promise<string> {
    const [phoneNumber] = this.fake.control.availableNumbers(regionCode, numberType);
    const request = { regionCode, numberType, numberOrderOption: { phoneNumbers: [phoneNumber] }, ...more };
    const { body } = await this.create(request);
    return (body as { idNumberOrder: string }).idNumberOrder;
  }

  order(id: string): Promise<Reply> {
    return this.call('getNumberOrder', 'GET', `/numberOrders/${id}`);
  }

  async state(id: string): Promise<string> {
    return ((await this.order(id)).body as { state: string }).state;
  }

  register(id: string, data: unknown): Promise<Reply> {
    const path = `/numberOrders/${id}/registration`;
    return this.call('updateRegistration', 'PUT', path, { requestDetails: { data } });
  }

  registration(id: string): Promise<Reply> {
    return this.call('getRegistration', 'GET', `/numberOrders/${id}/registration`);
  }

  upload(
    id: string,
    attachmentId: string,
    { fileName = 'passport.pdf', type = 'application/pdf', bytes = 'a passport', documentType = '' } = {},
  ): Promise<Reply> {
    const form = new FormData();
    form.set('file', new Blob([bytes], { type }), fileName);
    if (documentType !== '') form.set('documentType', documentType);
    return this.call('uploadAttachment', 'POST', `/numberOrders/${id}/attachments/${attachmentId}`, form);
  }

  submit(id: string): Promise<Reply> {
    return this.call('submit', 'POST', `/numberOrders/${id}/submit`);
  }
}

/** Starts a fake whose clock stands still, so that a test alone decides what has happened when. */
export async function startStill(options: FakeSinchOptions = {}): Promise<Caller> {
  const fake = await startFakeSinch(options);
  fake.control.stopClock();
  return new Caller(fake);
}

/** A registration that AU MOBILE accepts. */
export function auRegistration(intendedUse = 'Transactional'): unknown[] {
  return [
    [
      {
        senderId: '+61411111112',
        purposeOfTheTraffic: 'One Time Password',
        intendedUseOfMobileNumbers: intendedUse,
        iConfirmThatMyBusinessHasAValidUseCaseForThisLn: true,
      },
    ],
    {
      endBusinessName: 'Example Pty Ltd',
      endBusinessAddress: '1 Example Street',
      city: 'Melbourne',
      state: 'VIC',
      country: 'AU',
      postalCode: '3000',
    },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+61255501234' },
  ];
}

/** The fields that an error complains about. */
export function violatedFields({ body }: Reply): string[] {
  const { error } = body as { error: { details: { fieldViolations?: { field: string }[] }[] } };
  return error.details.flatMap(({ fieldViolations = [] }) => fieldViolations.map(({ field }) => field));
}
