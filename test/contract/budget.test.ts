import fc from '../support/fast-check';
import {
  clip,
  keptLinks,
  keptReason,
  keptReviewLog,
  keptViolations,
  LIMITS,
  readAttachment,
  readCancel,
  readRegistration,
  readRequest,
  readSinchEvent,
  readWaiveRequirement,
  type ViewRequirements,
  ORDER_BYTES,
} from '@number-orders/contract';
import { payloadConverter } from '../../src/data-converter/payload-converter';
import { keepable } from '../../src/requirements/keepable';
import { addNotice, newOrder } from '../../src/workflows/order/order';

/** As it goes to Temporal. */
const encoded = (value: unknown) => payloadConverter.toPayload(value).data?.length ?? 0;

const MIB = 1024 * 1024;
const sha256 = 'a'.repeat(64);
const attachment = {
  attachmentId: 'proofOfIdentity',
  key: `shop-1/${sha256}`,
  fileName: 'identity.pdf',
  mimeType: 'application/pdf',
  size: 10,
  sha256,
};

/** Of one to six bytes of JSON: the last two are longer there than in UTF-8. */
const character = fc.constantFrom('x', 'é', '条', '😀', '\ud83d', '"', '\\', '\n', '\u0000');
/** As long as it is, and longer than any bound. */
const longText = fc
  .tuple(character, fc.integer({ min: 1, max: 5_000 }))
  .map(([repeated, times]) => repeated.repeat(times));

describe('the data that an order holds', () => {
  it('stays well below what Temporal accepts in one command, including the request', () => {
    const sum = Object.values(ORDER_BYTES).reduce((all, part) => all + part, 0);
    expect(sum).toBe(1_505 * 1024);
    expect(sum + ORDER_BYTES.request).toBeLessThan(1.5 * MIB);
  });

  it('leaves room in one workflow task for ten answers with the requirements, and for continuing as new', () => {
    const sum = Object.values(ORDER_BYTES).reduce((all, part) => all + part, 0);
    expect(10 * (ORDER_BYTES.requirements + 4 * 1024) + sum + ORDER_BYTES.request).toBeLessThan(4 * MIB);
  });

  it('is bounded for every message, in any script', () => {
    fc.assert(
      fc.property(longText, longText, (one, other) => {
        const request = readRequest({
          reference: 'shop-1',
          regionCode: 'AU',
          numberType: 'MOBILE',
          selection: { search: { pattern: '+61', capabilities: ['SMS'] } },
          smsConfiguration: { servicePlanId: one, campaignId: other },
          voiceConfiguration: { type: 'RTC', appId: one },
          expectedAttachments: Array.from({ length: LIMITS.attachments }, () => one),
          notificationUrl: `https://example.test/${other}`,
        });
        if (!request.violations) expect(encoded(request.value)).toBeLessThan(ORDER_BYTES.request);

        const registration = readRegistration({ data: [one.repeat(40), other] });
        if (!registration.violations) expect(encoded(registration.value)).toBeLessThan(ORDER_BYTES.registration - 50);

        const read = readAttachment('shop-1')({
          ...attachment,
          attachmentId: `x${one}`,
          fileName: other,
          mimeType: `application/${one}`,
          documentType: other,
        });
        const piece = { ...(read.value ?? attachment), status: 'REFUSED', reason: keptReason(one) };
        expect(encoded({ [piece.attachmentId]: piece })).toBeLessThan(ORDER_BYTES.attachments / LIMITS.attachments / 2);

        const cancel = readCancel({ author: one, reason: other });
        if (!cancel.violations) expect(encoded(cancel.value)).toBeLessThan(ORDER_BYTES.rest / 4);

        const waiver = readWaiveRequirement({ author: 'a', reason: 'b', attachmentId: one });
        if (!waiver.violations) {
          const { attachmentId } = waiver.value;
          expect((LIMITS.attachments + 1) * (encoded(attachmentId) + 1)).toBeLessThan(ORDER_BYTES.waived);
        }
        const event = readSinchEvent({
          eventId: one,
          resourceType: 'NUMBER_ORDER',
          resourceId: other,
          eventType: one,
          status: other,
        });
        if (!event.violations) expect(100 * (encoded(event.value.eventId) + 1)).toBeLessThan(ORDER_BYTES.seenEvents);
      }),
    );
  });

  it('is bounded for every answer of Sinch, in any script and of any size', () => {
    const texts = fc.array(longText, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (some, times) => {
        const many = Array.from({ length: times }, () => some).flat();

        const violations = keptViolations(many.map((text) => ({ field: text, description: text })));
        expect(encoded(violations)).toBeLessThanOrEqual(ORDER_BYTES.violations);
        expect(violations.length).toBeGreaterThan(0);

        const log = keptReviewLog(many.map((message, index) => ({ message, createTime: String(index) })));
        expect(encoded(log)).toBeLessThanOrEqual(ORDER_BYTES.reviewLog);
        expect(log.at(-1)?.createTime).toBe(String(many.length - 1));

        const numbers = Array.from({ length: 100 }, (_, index) => `+614915701${String(index).padStart(20, '0')}`);
        const links = keptLinks(
          numbers.flatMap((phoneNumber, index) =>
            (['SMS', 'VOICE'] as const).map((target) => {
              const text = many[index % many.length] ?? '';
              return { phoneNumber, target, status: text, failureCode: text };
            }),
          ),
        );
        expect(links).toHaveLength(200);
        expect(encoded(links)).toBeLessThan(ORDER_BYTES.provisioning);

        const requirements = keepable({
          fields: { rules: many.map((text) => ({ template: { [text]: { type: text } } })) },
          attachments: many.map((text, index) => ({
            id: clip(`${index}${text}`, 300),
            title: text,
            description: text,
            mandatory: true,
            template: [{ name: text, url: text }],
            allowedMimeTypes: some,
            allowedDocumentTypes: some,
          })),
        });
        expect(encoded(requirements)).toBeLessThan(ORDER_BYTES.requirements);
      }),
    );
  });

  it('includes whether a registration is needed, for requirements that are nested without end', () => {
    const nested = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`) as unknown;
    const requirements: ViewRequirements = { fields: { rules: [{ template: { nested } }] }, attachments: [] };
    expect(keepable(requirements).fields).toMatchObject({ rules: [{}] });
  });

  it('includes the last notices, however many and long they are', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const order = newOrder({
          reference: 'shop-1',
          regionCode: 'AU',
          numberType: 'MOBILE',
          selection: { search: {} },
        });
        for (let count = 0; count < 150; count++) addNotice(order, `${count} ${text}`);
        expect(order.notices).toHaveLength(LIMITS.notices);
        expect(order.notices.at(-1)?.message).toMatch(/^149 /);
        expect(encoded(order.notices)).toBeLessThan(ORDER_BYTES.notices);
      }),
      { numRuns: 20 },
    );
  });
});
