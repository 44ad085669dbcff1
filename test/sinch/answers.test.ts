import fc from '../support/fast-check';
import { readAnswer } from '../../src/sinch/answers';
import { numberOrder } from '../../src/sinch/schemas';
import { html, json, text } from '../support/scripted-server';
import { auRegistration, createdOrder, noRequirements } from '../support/sinch-documented';
import { creation, failureOf, order, ScriptedSinch } from './scripted-sinch';

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start();
});
afterEach(() => sinch.close());

describe('an order', () => {
  const price = { currencyCode: 'EUR', amount: '1.50' };
  const price1_5 = { currencyCode: 'EUR', amount: '1.5' };
  async function read(body: unknown) {
    sinch.answers(json(200, body));
    return sinch.client.getNumberOrder('order-1');
  }

  test('is read without the fields that Sinch may add', async () => {
    const numberPrice = { setupPrice: price, monthlyPrice: price, paymentIntervalMonths: 1 };
    const orderNumbers = [{ phoneNumber: '+61400000001', numberPrice, capabilities: ['SMS'] }];
    sinch.answers(json(200, { ...order({ orderNumbers }), addedNextYear: { deep: true } }));
    expect(await sinch.client.getNumberOrder('order-1')).toEqual({
      idNumberOrder: 'order-1',
      state: 'CREATED',
      regionCode: 'AU',
      numberType: 'MOBILE',
      orderNumbers,
      expireTime: '2026-01-03T00:00:00Z',
      createTime: '2026-01-01T00:00:00Z',
    });
  });

  test.each([{ expireTime: null }, { expireTime: undefined }])('can lack an expiry: %p', async (overrides) => {
    sinch.answers(json(200, order(overrides)));
    expect(await sinch.client.getNumberOrder('order-1')).toMatchObject({ expireTime: null });
  });

  test('can have a state that Sinch has added, which is read as unknown', async () => {
    sinch.answers(json(200, order({ state: 'ESCALATED' })));
    expect(await sinch.client.getNumberOrder('order-1')).toMatchObject({ state: 'NUMBER_ORDER_STATE_UNSPECIFIED' });
  });

  test('can lack optional fields, or have null in them', async () => {
    const orderNumbers = [{ phoneNumber: '+61400000001', numberPrice: null, capabilities: null }];
    sinch.answers(json(200, order({ orderNumbers, createTime: null, updateTime: null })));
    expect(await sinch.client.getNumberOrder('order-1')).toMatchObject({
      orderNumbers: [{ phoneNumber: '+61400000001', capabilities: [] }],
    });
  });

  it.each([
    ['no id', { idNumberOrder: undefined }],
    ['an empty id', { idNumberOrder: '' }],
    ['no state', { state: undefined }],
    ['a state that is no string', { state: 3 }],
  ])('with %s is treated as an invalid answer: it was possibly created', async (_name, overrides) => {
    sinch.answers(json(200, order(overrides)));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnavailable',
      status: 200,
      possiblyProcessed: true,
    });
  });

  it.each([200, 201, 202])('is read from any 2xx, such as %d', async (status) => {
    sinch.answers(json(status, createdOrder));
    expect(await sinch.client.createNumberOrder(creation)).toMatchObject({ state: 'CREATED' });
  });

  it("of Sinch's documentation is read", async () => {
    sinch.answers(json(200, createdOrder));
    const { projectId, smsConfiguration, ...read } = createdOrder;
    expect([projectId, smsConfiguration]).not.toContain(undefined);
    expect(await sinch.client.createNumberOrder(creation)).toEqual(read);
  });

  const aNumber = (numberPrice: unknown) => ({ orderNumbers: [{ phoneNumber: '+61400000001', numberPrice }] });
  it.each<[string, Record<string, unknown>, unknown]>([
    ['amounts that are numbers', aNumber({ setupPrice: { ...price, amount: 1.5 } }), { setupPrice: price1_5 }],
    [
      'an amount that is null',
      aNumber({ setupPrice: price, monthlyPrice: { ...price, amount: null } }),
      { setupPrice: price },
    ],
    [
      'an amount that is an object',
      aNumber({ setupPrice: price, monthlyPrice: { ...price, amount: {} } }),
      { setupPrice: price },
    ],
    ['an amount in other parts', aNumber({ setupPrice: { currencyCode: 'EUR', units: '1', nanos: 0 } }), {}],
    ['an amount without a currency', aNumber({ setupPrice: { amount: '1.00' } }), {}],
    ['an empty price', aNumber({ setupPrice: {}, monthlyPrice: '' }), {}],
    ['a price that is a text', aNumber('1.00 EUR'), undefined],
    ['an interval that is a text', aNumber({ paymentIntervalMonths: '12' }), { paymentIntervalMonths: 12 }],
    ['an invalid interval', aNumber({ paymentIntervalMonths: 'monthly' }), {}],
  ])('is read in spite of %s', async (_name, overrides, numberPrice) => {
    sinch.answers(json(200, order(overrides)));
    expect(await sinch.client.createNumberOrder(creation)).toEqual({
      ...(await read(order())),
      orderNumbers: [{ phoneNumber: '+61400000001', numberPrice, capabilities: [] }],
    });
  });

  it.each<[string, unknown, string[]]>([
    ['odd entries', [null, 7.5, {}, { phoneNumber: null }, { phoneNumber: '' }, [], '+61400000001'], ['+61400000001']],
    ['an entry twice', [{ phoneNumber: '+61400000001' }, { phoneNumber: '+61400000001' }], ['+61400000001']],
    ['digits alone', [{ phoneNumber: 61400000001 }, { phoneNumber: '61400000002' }], ['+61400000001', '+61400000002']],
    ['no list', {}, []],
    ['null', null, []],
    ['a text', '+61400000001', []],
  ])('has the numbers that can be read if its numbers are, or have, %s', async (_name, orderNumbers, numbers) => {
    sinch.answers(json(200, order({ orderNumbers })));
    const created = await sinch.client.createNumberOrder(creation);
    expect(created.orderNumbers.map(({ phoneNumber }) => phoneNumber)).toEqual(numbers);
  });

  it.each([
    { regionCode: undefined, numberType: undefined },
    { regionCode: null, numberType: '' },
    { regionCode: {}, numberType: [] },
    { expireTime: { seconds: 1 }, createTime: 'yesterday', updateTime: 7 },
    { smsConfiguration: 'none', capabilities: 3 },
  ])('is read in spite of %p', async (overrides) => {
    sinch.answers(json(200, order(overrides)));
    expect(await sinch.client.createNumberOrder(creation)).toMatchObject({
      idNumberOrder: 'order-1',
      state: 'CREATED',
    });
  });

  it('is read from any JSON that has its id and its state', () => {
    const names = ['regionCode', 'numberType', 'orderNumbers', 'expireTime', 'createTime', 'updateTime'] as const;
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ phoneNumber: fc.jsonValue(), numberPrice: fc.jsonValue(), capabilities: fc.jsonValue() })),
      fc.record({
        setupPrice: fc.jsonValue(),
        monthlyPrice: fc.record({ currencyCode: fc.jsonValue(), amount: fc.jsonValue() }),
      }),
    );
    const anything = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), odd);
    const id = fc.oneof(fc.string({ minLength: 1 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(anything, id, fc.string(), (rest, idNumberOrder, state) => {
        const body = JSON.stringify({ ...rest, idNumberOrder, state });
        const read = readAnswer({ status: 200, retryAfter: undefined, body }, numberOrder);
        expect(read).toMatchObject({
          idNumberOrder: String(idNumberOrder),
          orderNumbers: expect.any(Array) as unknown[],
        });
      }),
    );
  });

  test.each([null, [], 'order-1', 7])('is not read from %p', async (body) => {
    sinch.answers(json(200, body));
    expect(await failureOf(sinch.client.submitNumberOrder('order-1'))).toMatchObject({
      type: 'SinchUnavailable',
      possiblyProcessed: true,
    });
  });
});

describe('requirements', () => {
  const passport = {
    id: 'passport',
    title: 'Passport',
    description: 'Of whoever signs',
    mandatory: true,
    template: [{ name: 'Form', url: 'https://example.com/form.pdf' }],
    allowedMimeTypes: ['application/pdf'],
    allowedDocumentTypes: ['PASSPORT'],
  };
  const rules = [{ template: { city: { required: true } } }];

  async function lookup(body: unknown) {
    sinch.answers(json(200, body));
    return sinch.client.lookupNumberRequirements({ regionCode: 'AU', numberType: 'MOBILE' });
  }

  test('keep their fields as Sinch answers them, whatever these contain', async () => {
    const fields = { schema: '/schema/policySchema-v1.json', rules, addedNextYear: [null, { deep: [1] }] };
    expect(await lookup({ fields, attachments: [passport] })).toEqual({ fields, attachments: [passport] });
  });

  test('have their attachments at the top level even if Sinch nests them in the fields', async () => {
    expect(await lookup({ fields: { rules, attachments: [passport] } })).toMatchObject({ attachments: [passport] });
  });

  test('have an attachment once even if Sinch answers it in both places', async () => {
    const bill = { ...passport, id: 'bill' };
    const { attachments } = await lookup({ fields: { attachments: [passport, bill] }, attachments: [passport] });
    expect(attachments).toEqual([passport, bill]);
  });

  test('leave out an attachment that has no id', async () => {
    const entries = [{ title: 'nameless' }, { ...passport, id: '' }, { ...passport, id: 7 }, null, 'odd', passport];
    expect((await lookup({ fields: {}, attachments: entries })).attachments).toEqual([passport]);
  });

  test('keep an attachment of which a part cannot be read', async () => {
    const odd = {
      id: 'passport',
      title: 7,
      description: null,
      mandatory: 'yes',
      template: [{ name: 1, url: 'https://example.com' }, { name: 'without a URL' }, 'odd'],
      allowedMimeTypes: 'application/pdf',
      allowedDocumentTypes: ['PASSPORT', 7],
    };
    expect((await lookup({ fields: {}, attachments: [odd] })).attachments).toEqual([
      {
        id: 'passport',
        title: '',
        description: '',
        mandatory: true,
        template: [{ name: '', url: 'https://example.com' }],
        allowedMimeTypes: [],
        allowedDocumentTypes: ['PASSPORT'],
      },
    ]);
  });

  test('do not need an attachment that they do not call mandatory', async () => {
    const attachments = [{ id: 'a' }, { id: 'b', mandatory: null }, { id: 'c', mandatory: false }];
    const read = await lookup({ fields: {}, attachments });
    expect(read.attachments.map(({ mandatory }) => mandatory)).toEqual([false, false, false]);
  });

  test.each([{}, { fields: null }, { fields: 'odd', attachments: 'odd' }, { fields: [], attachments: {} }])(
    'are empty if nothing in them can be read: %p',
    async (body) => {
      expect(await lookup(body)).toEqual({ fields: {}, attachments: [] });
    },
  );

  test('are treated as an invalid answer if they are no object', async () => {
    expect(await failureOf(lookup(['odd']))).toMatchObject({ type: 'SinchUnavailable' });
  });

  test('fail with SinchNotFound if Sinch does not find them, and the caller decides what it means', async () => {
    sinch.answers(json(404, noRequirements));
    const lookedUp = sinch.client.lookupNumberRequirements({ regionCode: 'US', numberType: 'LOCAL' });
    expect(await failureOf(lookedUp)).toMatchObject({ type: 'SinchNotFound', status: 404 });
  });
});

describe('a registration', () => {
  test('is read with its uploads and the feedback of the reviewers', async () => {
    const attachments = [
      { attachmentId: 'a', fileName: 'a.pdf', uploadStatus: 'COMPLETED', added: 1 },
      { attachmentId: 'b', uploadStatus: 'SCANNING' },
    ];
    const logs = [{ message: 'Another document, please.', createTime: '2026-01-01T00:00:00Z' }];
    sinch.answers(json(200, { requestDetails: { data: [] }, attachments, logs, added: 1 }));
    expect(await sinch.client.getRegistration('order-1')).toEqual({
      requestDetails: { data: [] },
      attachments: [
        { attachmentId: 'a', fileName: 'a.pdf', uploadStatus: 'COMPLETED' },
        { attachmentId: 'b', uploadStatus: 'WAITING' },
      ],
      logs,
    });
  });

  const empty = { requestDetails: {}, attachments: [], logs: [] };
  async function read(body: unknown) {
    sinch.answers(json(200, body));
    return sinch.client.getRegistration('order-1');
  }

  it.each([{}, null, { requestDetails: null, attachments: null, logs: null }, { requestDetails: [], logs: 'none' }])(
    'can be almost empty: %p',
    async (body) => {
      expect(await read(body)).toEqual(empty);
    },
  );

  it("of Sinch's documentation is read", async () => {
    expect(await read(auRegistration)).toEqual(auRegistration);
  });

  it('can have its data unwrapped, as in an earlier revision of the documentation', async () => {
    const { data } = auRegistration.requestDetails;
    expect(await read({ data, attachments: [] })).toEqual({ ...empty, requestDetails: { data } });
  });

  it('keeps feedback and documents that can be read beside those that cannot', async () => {
    const logs = [
      null,
      { message: null },
      { message: '' },
      'odd',
      { message: 'A passport, please.', createTime: null },
    ];
    const attachments = [null, { fileName: 'a.pdf' }, { attachmentId: '' }, { attachmentId: 'a', uploadStatus: null }];
    expect(await read({ logs, attachments })).toEqual({
      ...empty,
      logs: [{ message: 'A passport, please.' }],
      attachments: [{ attachmentId: 'a', uploadStatus: 'WAITING' }],
    });
  });

  it.each([
    ['200 and nothing', text(200, '')],
    ['201 and JSON', json(201, {})],
    ['202 and a word', text(202, 'OK')],
    ['204', text(204, '')],
  ])('is accepted if Sinch answers %s', async (_name, step) => {
    sinch.answers(step);
    await expect(sinch.client.updateRegistration('order-1', { data: [] })).resolves.toBeUndefined();
  });

  it("is not accepted if a proxy's page is the answer", async () => {
    sinch.answers(html(200));
    expect(await failureOf(sinch.client.updateRegistration('order-1', { data: [] }))).toMatchObject({
      type: 'SinchUnavailable',
    });
  });
});

describe('a search', () => {
  test('returns the numbers, possibly none', async () => {
    sinch.answers(json(200, { availableNumbers: [{ phoneNumber: '+12125550100', capability: ['SMS'], added: 1 }] }));
    const query = { regionCode: 'US', numberType: 'LOCAL' } as const;
    expect(await sinch.client.searchAvailableNumbers(query)).toEqual([
      { phoneNumber: '+12125550100', capability: ['SMS'] },
    ]);
    for (const none of [{}, [], { availableNumbers: null }, { availableNumbers: [] }]) {
      sinch.answers(json(200, none));
      expect(await sinch.client.searchAvailableNumbers(query)).toEqual([]);
    }
  });

  it('of one number returns it', async () => {
    sinch.answers(json(200, { phoneNumber: '+12125550100', setupPrice: null, capability: null }));
    expect(await sinch.client.getAvailableNumber('+12125550100')).toEqual({
      phoneNumber: '+12125550100',
      capability: [],
    });
  });

  it.each([
    { availableRegions: [{ regionCode: 'GB', regionName: 'United Kingdom', types: ['MOBILE'] }, null, {}] },
    [{ regionCode: 'GB', regionName: 'United Kingdom', types: ['MOBILE', null] }],
  ])('of the regions returns those that can be read: %p', async (body) => {
    sinch.answers(json(200, body));
    expect(await sinch.client.listAvailableRegions()).toEqual([
      { regionCode: 'GB', regionName: 'United Kingdom', types: ['MOBILE'] },
    ]);
  });
});

describe('an active number', () => {
  test('says how far its linking is', async () => {
    const scheduledProvisioning = { status: 'FAILED', errorCodes: ['CAMPAIGN_NOT_AVAILABLE'] };
    const scheduledVoiceProvisioning = { type: 'RTC', status: 'WAITING', lastUpdatedTime: '2026-01-01T00:00:00Z' };
    sinch.answers(
      json(200, {
        phoneNumber: '+61400000001',
        expireAt: null,
        smsConfiguration: { servicePlanId: '', scheduledProvisioning },
        voiceConfiguration: { type: 'RTC', appId: '', scheduledVoiceProvisioning },
      }),
    );
    expect(await sinch.client.getActiveNumber('+61400000001')).toMatchObject({
      smsConfiguration: { scheduledProvisioning },
      voiceConfiguration: { scheduledVoiceProvisioning: { status: 'WAITING', errorCodes: [] } },
    });
  });

  test('is read without the part of its linking that cannot be read', async () => {
    const smsConfiguration = { servicePlanId: 'plan', scheduledProvisioning: 'odd' };
    sinch.answers(json(200, { phoneNumber: '+61400000001', smsConfiguration, voiceConfiguration: null }));
    expect(await sinch.client.getActiveNumber('+61400000001')).toEqual({
      smsConfiguration: { servicePlanId: 'plan' },
    });
  });

  test('is listed with its callback address, page by page, and an unreadable one hides no other', async () => {
    const query = { regionCode: 'AU', numberType: 'MOBILE' } as const;
    const [one, two] = ['+61400000001', '+61400000002'];
    const numbers = [{ phoneNumber: one, callbackUrl: 'https://example.com/a' }, { odd: 1 }, { phoneNumber: two }];
    sinch.answers(json(200, { activeNumbers: numbers, nextPageToken: 'next', totalSize: 3 }));
    expect(await sinch.client.listActiveNumbers(query)).toEqual({
      activeNumbers: [{ phoneNumber: one, callbackUrl: 'https://example.com/a' }, { phoneNumber: two }],
      nextPageToken: 'next',
    });

    sinch.answers(json(200, { nextPageToken: '' }));
    expect(await sinch.client.listActiveNumbers(query)).toEqual({ activeNumbers: [] });
  });

  test.each([
    ['an empty body', text(200, '')],
    ['any JSON', json(200, { released: true })],
    ['a word', text(200, 'released')],
  ])('is released by a 200 with %s', async (_name, step) => {
    sinch.answers(step);
    await expect(sinch.client.releaseNumber('+61400000001')).resolves.toBeUndefined();
  });

  test("is not released by a proxy's page", async () => {
    sinch.answers(html(200));
    expect(await failureOf(sinch.client.releaseNumber('+61400000001'))).toMatchObject({ type: 'SinchUnavailable' });
  });
});
