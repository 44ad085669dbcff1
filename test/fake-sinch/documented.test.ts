import { expectDocumented, expectDocumentedRequest } from '../support/openapi';
import * as documented from '../support/sinch-documented';
import { type Caller, startStill } from './support';

describe("openapi.yaml accepts Sinch's own examples", () => {
  it.each<[string, number, unknown]>([
    ['createNumberOrder', 200, documented.createdOrder],
    ['getNumberOrder', 200, documented.createdOrder],
    ['lookupNumberRequirements', 200, documented.auRequirements],
    ['lookupNumberRequirements', 404, documented.noRequirements],
    ['getRegistration', 200, documented.auRegistration],
    ['getActiveNumber', 200, documented.numberBeingLinked],
    ['getActiveNumber', 200, documented.numberReleasedUnlinked],
  ])('for an answer to %s, %d', (operation, status, body) => {
    expectDocumented(operation, status, body);
  });

  it('for the requests that create an order', () => {
    expectDocumentedRequest('createNumberOrder', documented.creationOfOne);
    expectDocumentedRequest('createNumberOrder', documented.creationOfThree);
    const { requestDetails } = documented.auRegistration;
    expectDocumentedRequest('updateRegistration', { requestDetails });
  });

  it('for the callbacks', () => {
    expectDocumentedRequest('callback', documented.orderEvent);
    for (const { body } of documented.SIGNED_CALLBACKS) expectDocumentedRequest('callback', JSON.parse(body));
  });
});

describe("the fake accepts Sinch's own examples", () => {
  let sinch: Caller;
  beforeAll(async () => {
    sinch = await startStill();
  });
  afterAll(() => sinch.fake.close());

  it('for an order of one number', async () => {
    const { orderNumbers } = documented.createdOrder;
    const phoneNumbers = orderNumbers.map(({ phoneNumber }) => ({ phoneNumber }));
    expect(await sinch.create(documented.creationOfOne)).toMatchObject({
      status: 200,
      body: { state: 'CREATED', regionCode: 'AU', orderNumbers: phoneNumbers },
    });
  });

  it('for a registration, and a document under its id', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    const { requestDetails, attachments } = documented.auRegistration;
    expect((await sinch.register(id, requestDetails.data)).status).toBe(200);
    const [{ attachmentId, fileName, mimeType, uploadStatus } = { attachmentId: '' }] = attachments;
    expect((await sinch.upload(id, attachmentId, { fileName, type: mimeType })).status).toBe(200);
    expect((await sinch.registration(id)).body).toMatchObject({
      requestDetails,
      attachments: [{ attachmentId, fileName, mimeType, uploadStatus }],
    });
  });

  it.each(['LOCAL', 'TOLL_FREE'])(
    'for a lookup of US %s, and answers word for word as production does',
    async (type) => {
      expect(await sinch.lookup('US', type)).toMatchObject({ status: 404, body: documented.noRequirements });
    },
  );

  it('for an order of three numbers', async () => {
    const { body } = await sinch.create(documented.creationOfThree);
    expect(body).toHaveProperty('orderNumbers.length', 3);
  });
});
