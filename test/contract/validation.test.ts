import {
  attachmentKeyOf,
  describeViolations,
  parseDuration,
  referenceOf,
  validateAttachment,
  validateRegistration,
  validateRequest,
  validateSinchEvent,
  workflowIdOf,
} from '../../src/contract';

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
const fieldsOf = (violations: { field: string }[]) => violations.map(({ field }) => field);

describe('an order request', () => {
  it('is accepted with the least it needs', () => {
    expect(validateRequest(request)).toEqual([]);
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
  ])('is refused naming %s', (field, change) => {
    expect(fieldsOf(validateRequest({ ...request, ...change }))).toEqual([field]);
  });

  it.each([undefined, null, 'text', 7, []])('is refused when it is %p', (nonsense) => {
    expect(validateRequest(nonsense)).not.toEqual([]);
  });

  it('is refused with every problem at once, in one sentence that repeats no value', () => {
    const sentence = describeViolations(validateRequest({ ...request, regionCode: 'SECRET', numberType: 'SECRET' }));
    expect(sentence).toContain('regionCode');
    expect(sentence).toContain('numberType');
    expect(sentence).not.toContain('SECRET');
  });
});

describe('a message', () => {
  it('is a registration with exactly one of data and requestDetails', () => {
    expect(validateRegistration({ data: [{}] })).toEqual([]);
    expect(validateRegistration({ requestDetails: { data: [] } })).toEqual([]);
    expect(validateRegistration({ data: [], requestDetails: {} })).not.toEqual([]);
    expect(validateRegistration({})).not.toEqual([]);
  });

  it('is no registration without any JSON, as a function passed by mistake', () => {
    const field = (value: unknown) => validateRegistration(value).map(({ field }) => field);
    expect(field(() => ({ data: [] }))).toEqual(['argument']);
    expect(field(undefined)).toEqual(['argument']);
  });

  it('is no registration beyond its bound', () => {
    expect(validateRegistration({ data: 'x'.repeat(300_000) })).toEqual([
      expect.objectContaining({ description: expect.stringContaining('262144') }),
    ]);
  });

  it('is no registration nested deeper than any code could take apart', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
    expect(validateRegistration({ data: nested(50) })).toEqual([]);
    expect(validateRegistration({ data: nested(5_000) })).toEqual([
      { field: 'registration', description: 'must not be nested deeper than 64' },
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
  ])('is an attachment of its own order, whole and plainly named: otherwise %s is refused', (field, change) => {
    expect(fieldsOf(validateAttachment('shop-1')({ ...attachment, ...change }))).toContain(field);
  });

  it('may have fields we do not know: nothing is lost by them', () => {
    expect(validateAttachment('shop-1')({ ...attachment, traceId: '1' })).toEqual([]);
  });

  it('is a Sinch event with what names it', () => {
    expect(fieldsOf(validateSinchEvent({ resourceType: 'NUMBER_ORDER' }))).toEqual([
      'eventId',
      'resourceId',
      'eventType',
      'status',
    ]);
  });
});

describe('ids', () => {
  it('lead from a reference to its workflow and back', () => {
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
  ])('%s is read', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '7', 'days', '7d', '-1 days', '1.5 days', '7  days'])('%p is not', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
