import fc from '../support/fast-check';
import {
  attachmentKeyOf,
  bytesOf,
  clip,
  describeViolations,
  LIMITS,
  parseDuration,
  readAttachment,
  readCancel,
  readErase,
  readRegistration,
  readRequest,
  readSinchEvent,
  referenceOf,
  workflowIdOf,
  type Read,
} from '@number-orders/contract';
import { payloadConverter } from '../../src/data-converter/payload-converter';

const request = {
  reference: 'shop-1',
  regionCode: 'AU',
  numberType: 'MOBILE',
  selection: { search: {} },
};
const sha256 = 'a'.repeat(64);
const attachment = {
  attachmentId: 'proofOfIdentity',
  key: `shop-1/${sha256}`,
  fileName: 'identity.pdf',
  mimeType: 'application/pdf',
  size: 10,
  sha256,
};
const operator = { author: 'an operator', reason: 'a test' };
const event = {
  eventId: 'event-1',
  resourceType: 'NUMBER_ORDER',
  resourceId: 'order-1',
  eventType: 'NUMBER_ORDER_PROCESSING',
  status: 'EXPIRED',
};
const fieldsOf = ({ violations = [] }: Read<unknown>) => violations.map(({ field }) => field);

describe('an order request', () => {
  it('is accepted with only its required fields', () => {
    expect(readRequest(request)).toEqual({ value: request });
  });

  it.each([
    ['reference', { reference: 'a/b' }],
    ['regionCode', { regionCode: 'au' }],
    ['numberType', { numberType: 'FIXED' }],
    ['selection', { selection: { phoneNumber: '+61491570156', search: {} } }],
    ['selection.phoneNumber', { selection: { phoneNumber: '0491570156' } }],
    ['selection.search.pattern', { selection: { search: { pattern: 'abc' } } }],
    ['selection.quantity.requestedQuantity', { selection: { quantity: { requestedQuantity: 101 } } }],
    ['smsConfiguration.servicePlanId', { smsConfiguration: {} }],
    ['voiceConfiguration.type', { voiceConfiguration: { type: 'SIP' } }],
    ['voiceConfiguration.appId', { voiceConfiguration: { type: 'RTC' } }],
    ['registration', { registration: {} }],
    ['attachments[0].key', { attachments: [{ ...attachment, key: `other/${sha256}` }] }],
    ['correctionWindow', { correctionWindow: 'a week' }],
    ['maxRenewals', { maxRenewals: -1 }],
    ['notificationUrl', { notificationUrl: 'http://example.com' }],
    ['onExpire', { onExpire: 'renew' }],
    ['priceLimit', { priceLimit: { currencyCode: 'EUR' } }],
    ['priceLimit.currencyCode', { priceLimit: { setup: '1.00' } }],
    ['priceLimit.currencyCode', { priceLimit: { currencyCode: 'eur', setup: '1.00' } }],
    ['priceLimit.setup', { priceLimit: { currencyCode: 'EUR', setup: 1 } }],
    ['priceLimit.monthly', { priceLimit: { currencyCode: 'EUR', monthly: '-1' } }],
    ['priceLimit.monthly', { priceLimit: { currencyCode: 'EUR', monthly: '1e3' } }],
    ['priceLimit.yearly', { priceLimit: { currencyCode: 'EUR', setup: '1', yearly: '1' } }],
  ])('is refused with the name of the field: %s', (field, change) => {
    expect(fieldsOf(readRequest({ ...request, ...change }))).toEqual([field]);
  });

  it.each([
    ['UK', 'GB'],
    ['EL', 'GR'],
  ])('is refused for a country code that is not ISO 3166, with the right code: %s', (regionCode, meant) => {
    const { violations = [] } = readRequest({ ...request, regionCode });
    expect(describeViolations(violations)).toBe(
      `regionCode must be another: Sinch sells no numbers in ${regionCode}; did you mean ${meant}?`,
    );
  });

  it.each([undefined, null, 'text', 7, []])('is refused when it is %p', (nonsense) => {
    expect(fieldsOf(readRequest(nonsense))).toEqual(['argument']);
  });

  it('is refused with every problem at once, in one sentence that quotes no value', () => {
    const { violations = [] } = readRequest({ ...request, regionCode: 'SECRET', numberType: 'SECRET' });
    const sentence = describeViolations(violations);
    expect(sentence).toContain('regionCode');
    expect(sentence).toContain('numberType');
    expect(sentence).not.toContain('SECRET');
  });
});

describe('null in a field, as other languages write it for one that is left out,', () => {
  const nulled = <T extends object>(fields: T) => Object.fromEntries(Object.keys(fields).map((name) => [name, null]));

  it('counts as left out in every optional field of a request, also in nested ones', () => {
    const options = {
      ...{ smsConfiguration: 1, voiceConfiguration: 1, expectedAttachments: 1, registration: 1, attachments: 1 },
      ...{ onExpiry: 1, maxRenewals: 1, onRejection: 1, maxCorrections: 1, correctionWindow: 1, notificationUrl: 1 },
      priceLimit: 1,
    };
    expect(readRequest({ ...request, ...nulled(options) })).toEqual({ value: request });

    const search = { pattern: null, searchPattern: null, capabilities: null };
    const selections = [
      [{ phoneNumber: null, search, quantity: null }, { search: {} }],
      [
        { phoneNumber: null, search: null, quantity: { ...search, requestedQuantity: null, sequential: null } },
        { quantity: {} },
      ],
      [{ phoneNumber: '+61491570156', search: null }, { phoneNumber: '+61491570156' }],
    ];
    for (const [selection, kept] of selections) {
      expect(readRequest({ ...request, selection })).toEqual({ value: { ...request, selection: kept } });
    }

    const smsConfiguration = { servicePlanId: 'plan', campaignId: null };
    const voiceConfiguration = { type: 'EST', trunkId: 'trunk', appId: null, serviceId: null };
    const attachments = [{ ...attachment, documentType: null }];
    expect(readRequest({ ...request, smsConfiguration, voiceConfiguration, attachments })).toEqual({
      value: {
        ...request,
        smsConfiguration: { servicePlanId: 'plan' },
        voiceConfiguration: { type: 'EST', trunkId: 'trunk' },
        attachments: [attachment],
      },
    });
  });

  it('counts as left out in every message, also in a cancel', () => {
    expect(readCancel({ author: null, reason: 'enough' })).toEqual({ value: { reason: 'enough' } });
    expect(readRegistration({ data: [{}], requestDetails: null })).toEqual({ value: { data: [{}] } });
    expect(readAttachment('shop-1')({ ...attachment, documentType: null })).toEqual({ value: attachment });
    expect(readErase({ ...operator, force: null })).toEqual({ value: operator });
  });

  it('is refused in a required field', () => {
    expect(fieldsOf(readRequest({ ...request, numberType: null }))).toEqual(['numberType']);
    expect(fieldsOf(readRequest({ ...request, expectedAttachments: [null] }))).toEqual(['expectedAttachments[0]']);
    expect(fieldsOf(readCancel({ author: 'a', reason: null }))).toEqual(['reason']);
  });
});

describe('an unknown field', () => {
  it.each([
    ['onExpire', { onExpire: 'renew' }],
    ['selection.serch', { selection: { search: {}, serch: {} } }],
    ['selection.search.patern', { selection: { search: { patern: '+61' } } }],
    ['selection.quantity.quantity', { selection: { quantity: { quantity: 2 } } }],
    ['smsConfiguration.campaign', { smsConfiguration: { servicePlanId: 'plan', campaign: 'c' } }],
    ['voiceConfiguration.appId', { voiceConfiguration: { type: 'FAX', serviceId: 's', appId: 'a' } }],
  ])('is refused in a request by its name (%s), because a misspelt option would change the order', (field, change) => {
    expect(fieldsOf(readRequest({ ...request, ...change }))).toEqual([field]);
  });

  it('is removed from a message or a document, so that nothing can be smuggled into an order', () => {
    const extra = { junk: { deep: [1] }, content: 'its bytes' };
    expect(readCancel({ reason: 'enough', ...extra })).toEqual({ value: { reason: 'enough' } });
    expect(readRegistration({ data: [{}], ...extra })).toEqual({ value: { data: [{}] } });
    expect(readAttachment('shop-1')({ ...attachment, ...extra })).toEqual({ value: attachment });
    expect(readSinchEvent({ ...event, ...extra })).toEqual({ value: event });
    const asked = { ...request, attachments: [{ ...attachment, ...extra }], registration: { data: [{}], ...extra } };
    expect(readRequest(asked)).toEqual({
      value: { ...request, attachments: [attachment], registration: { data: [{}] } },
    });
  });
});

describe('a size limit', () => {
  const LONG = ['x', '条', '😀', '"', '\n', '\ud83d'];

  it.each([
    ['mimeType', (text: string) => readAttachment('shop-1')({ ...attachment, mimeType: `application/${text}` })],
    ['fileName', (text: string) => readAttachment('shop-1')({ ...attachment, fileName: text })],
    ['documentType', (text: string) => readAttachment('shop-1')({ ...attachment, documentType: text })],
    ['attachmentId', (text: string) => readAttachment('shop-1')({ ...attachment, attachmentId: `x${text}` })],
    ['reason', (text: string) => readCancel({ reason: text })],
    ['author', (text: string) => readCancel({ author: text, reason: 'enough' })],
    ['notificationUrl', (text: string) => readRequest({ ...request, notificationUrl: `https://a.test/${text}` })],
    ['resourceType', (text: string) => readSinchEvent({ ...event, resourceType: text })],
    [
      'smsConfiguration.servicePlanId',
      (text: string) => readRequest({ ...request, smsConfiguration: { servicePlanId: text } }),
    ],
  ])('applies to every text, here %s, in bytes and in any script', (field, read) => {
    for (const script of LONG) expect(fieldsOf(read(script.repeat(5_000)))).toEqual([field]);
  });

  it('is 2,048 bytes for a URL, in any script', () => {
    const url = (path: string) => readRequest({ ...request, notificationUrl: `https://example.test/${path}` });
    const room = LIMITS.urlBytes - 'https://example.test/'.length;
    expect(url('x'.repeat(room)).violations).toBeUndefined();
    expect(fieldsOf(url('x'.repeat(room + 1)))).toEqual(['notificationUrl']);
    expect(fieldsOf(url('条'.repeat(room / 2)))).toEqual(['notificationUrl']);
  });

  it('replaces an unpaired surrogate, which would crash a worker that passes it on', () => {
    const halved = '\ud83d';
    expect(readCancel({ reason: `stop ${halved}` })).toEqual({ value: { reason: 'stop \ufffd' } });
    const { violations = [] } = readRequest({ ...request, [halved]: 1 });
    expect(violations).toEqual([expect.objectContaining({ field: '\ufffd' })]);
  });

  it('counts the bytes that a value takes in a payload', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        for (const each of [value, text, `${text}\ud83d`]) {
          expect(bytesOf(each)).toBe(payloadConverter.toPayload(each).data?.length);
        }
      }),
    );
  });

  it('truncates a text at whole characters, and no more than needed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 60 }), (text, bytes) => {
        const clipped = clip(text, bytes);
        expect(bytesOf(clipped) - 2).toBeLessThanOrEqual(bytes);
        expect(clipped.isWellFormed()).toBe(true);
        if (clipped !== text) {
          const kept = clipped.slice(0, -1);
          const next = String.fromCodePoint(text.codePointAt(kept.length) ?? 0);
          expect(text.startsWith(kept)).toBe(true);
          expect(bytesOf(text)).toBeGreaterThan(bytes + 2);
          expect(bytesOf(kept + next) - 2).toBeGreaterThan(bytes - 3);
        }
      }),
    );
  });
});

describe('a message', () => {
  it('can be a registration, with exactly one of data and requestDetails', () => {
    expect(readRegistration({ data: [{}] })).toEqual({ value: { data: [{}] } });
    expect(readRegistration({ requestDetails: { data: [] } })).toEqual({ value: { requestDetails: { data: [] } } });
    expect(fieldsOf(readRegistration({ data: [], requestDetails: {} }))).toEqual(['argument']);
    expect(fieldsOf(readRegistration({}))).toEqual(['argument']);
  });

  it('cannot be a registration without JSON, such as a function passed by mistake', () => {
    expect(fieldsOf(readRegistration(() => ({ data: [] })))).toEqual(['argument']);
    expect(fieldsOf(readRegistration(undefined))).toEqual(['argument']);
  });

  it('cannot be a registration above the size limit', () => {
    const ofBytes = (bytes: number) => readRegistration({ data: 'x'.repeat(bytes - '{"data":""}'.length) });
    expect(ofBytes(LIMITS.registrationBytes).violations).toBeUndefined();
    expect(ofBytes(LIMITS.registrationBytes + 1).violations).toEqual([
      { field: 'argument', description: expect.stringContaining('at most 262144 bytes') },
    ]);
  });

  it('cannot be a registration that is nested too deep', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
    expect(readRegistration({ data: nested(50) })).toEqual({ value: { data: nested(50) } });
    expect(readRegistration({ data: nested(5_000) }).violations).toEqual([
      { field: 'argument', description: 'must not be nested deeper than 64' },
    ]);
  });

  it.each([
    ['fileName', { fileName: '../identity.pdf' }],
    ['fileName', { fileName: 'a\nb' }],
    ['mimeType', { mimeType: 'pdf' }],
    ['size', { size: 0 }],
    ['sha256', { sha256: 'A'.repeat(64) }],
    ['key', { key: `shop-2/${sha256}` }],
    ['key', { key: `shop-1/${'b'.repeat(64)}` }],
  ])(
    'can be an attachment of its own order, complete and with a plain name: otherwise %s is refused',
    (field, change) => {
      expect(fieldsOf(readAttachment('shop-1')({ ...attachment, ...change }))).toContain(field);
    },
  );

  it('can have unknown fields, which are ignored', () => {
    expect(readAttachment('shop-1')({ ...attachment, traceId: '1' })).toEqual({ value: attachment });
  });

  it('can be a Sinch event that has only a resource type, and its unreadable fields are dropped', () => {
    expect(readSinchEvent({ resourceType: 'HOSTING_ORDER' })).toEqual({ value: { resourceType: 'HOSTING_ORDER' } });
    const odd = { ...event, eventId: 'x'.repeat(5_000), status: { $ne: '' }, failureCode: '', timestamp: null };
    const { resourceType, resourceId, eventType } = event;
    expect(readSinchEvent(odd)).toEqual({ value: { resourceType, resourceId, eventType } });
    expect(fieldsOf(readSinchEvent({ ...event, resourceType: undefined }))).toEqual(['resourceType']);
  });
});

describe('ids', () => {
  it('can be turned into workflow ids and back', () => {
    expect(referenceOf(workflowIdOf('shop-1'))).toBe('shop-1');
    expect(referenceOf('another-workflow')).toBeUndefined();
    expect(referenceOf('number-order-a b')).toBeUndefined();
  });

  it('keep a document under its own order', () => {
    expect(attachmentKeyOf('shop-1', sha256)).toBe(`shop-1/${sha256}`);
  });
});

describe('a duration', () => {
  it.each([
    ['7 days', 604_800_000],
    ['1 week', 604_800_000],
    ['36 hours', 129_600_000],
    ['90 minutes', 5_400_000],
    ['1 second', 1_000],
  ])('%s is valid', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '7', 'days', '7d', '-1 days', '1.5 days', '7  days'])('%p is not valid', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
