import type { NumberRequirements } from '../../../fake-sinch/types';
import { gbMobile } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const required = {
  title: '',
  description: '',
  mandatory: true,
  template: [],
  allowedMimeTypes: [],
  allowedDocumentTypes: [],
};
const document = (attachmentId: string) => ({
  attachmentId,
  fileName: 'document.pdf',
  mimeType: 'application/pdf',
  content: __filename,
});

describe('row 22: unexpected requirements of Sinch', () => {
  const stand = standForAll(devServer);

  /** An order whose lookup answers this, however odd. */
  async function waitingOrder(requirements: unknown) {
    stand.fake.control.setRequirements('GB', 'MOBILE', requirements as NumberRequirements);
    const reference = await stand.start(gbMobile);
    const view = await stand.view(reference, ({ stage }) => stage !== 'LOOKING_UP' && stage !== 'RESERVING');
    return { reference, view };
  }
  const register = (reference: string, data: unknown) => stand.client.register(reference, { data });

  async function completes(reference: string) {
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
    await stand.checkHistory(reference);
  }
  async function endsWhenCancelled(reference: string) {
    await stand.client.cancel(reference, { reason: 'seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  }

  it('can nest the attachments in the fields', async () => {
    const { reference, view } = await waitingOrder({ fields: { attachments: [{ id: 'letter', ...required }] } });
    expect(view.outstanding).toEqual({ registration: false, attachments: ['letter'] });

    await expect(stand.client.attach(reference, document('letter'))).resolves.toMatchObject({ status: 'ACCEPTED' });
    await completes(reference);
  });

  it('can give an attachment an id with blanks and special characters', async () => {
    const id = 'Proof of identity (certified) é?';
    const { reference } = await waitingOrder({ fields: {}, attachments: [{ id, ...required }] });

    await expect(stand.client.attach(reference, document(id))).resolves.toMatchObject({ status: 'ACCEPTED' });
    await completes(reference);
  });

  it.each([
    ['templates that are no objects', { rules: [{ template: ['a', 1] }, { template: 'text' }, 'rule', null, 7] }],
    [
      'entries in words unknown',
      { rules: [{ template: { name: { mustBe: 'nice', of: { which: [1] } }, 'x.y': true } }] },
    ],
    [
      'fields named like those of every object',
      { rules: [{ template: { constructor: { required: false }, toString: 1 } }] },
    ],
    ['rules that are an object', { rules: { business: { template: { name: { required: true } } } } }],
  ])('can have %s, and the registration is sent unchanged', async (_what, fields) => {
    const { reference, view } = await waitingOrder({ fields, attachments: [] });
    expect(view.outstanding.registration).toBe(true);

    await expect(register(reference, [{}, {}, {}, {}, {}])).resolves.toMatchObject({ status: 'ACCEPTED' });
    await completes(reference);
  });

  it.each([
    ['fields that are no object', { fields: ['a'], attachments: 'none' }],
    ['no content at all', {}],
    ['attachments that are no attachments', { fields: {}, attachments: [7, { id: '' }, { title: 'no id' }, []] }],
  ])('can have %s, and nothing is asked for', async (_what, requirements) => {
    const { reference } = await waitingOrder(requirements);
    await completes(reference);
  });

  it('can contain a pattern with catastrophic backtracking, and the order answers and continues', async () => {
    const template = { code: { required: true, type: 'string', pattern: '^(([a-z]+)+)+$' } };
    const { reference } = await waitingOrder({ fields: { rules: [{ template }] }, attachments: [] });

    await expect(register(reference, [{ code: `${'a'.repeat(60)}!` }])).resolves.toMatchObject({
      status: 'REFUSED',
      violations: [{ field: 'requestDetails.data[0].code' }],
    });
    await expect(register(reference, [{ code: 'abc' }])).resolves.toMatchObject({ status: 'ACCEPTED' });
    await completes(reference);
  });

  it('can have any size: the order keeps a bounded part, and Sinch itself checks the registration', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => index);
    const { reference, view } = await waitingOrder({
      fields: {
        rules: many.map((index) => ({
          template: { [`field${index}`]: { required: index === 0, maxLength: 10, hint: 'x'.repeat(100) } },
        })),
      },
      attachments: many
        .map((index) => ({ id: `document${index}`, ...required, description: 'x'.repeat(10_000) }))
        .slice(0, 500),
    });
    expect(view.outstanding.registration).toBe(true);
    expect(view.outstanding.attachments).toHaveLength(50);
    expect(JSON.stringify(view).length).toBeLessThan(50_000);

    await expect(register(reference, [])).resolves.toMatchObject({
      status: 'REFUSED',
      reason: 'Sinch refused the registration',
    });
    await endsWhenCancelled(reference);
  });

  it('can name an attachment that cannot be sent, and an operator waives it', async () => {
    const id = `${'x'.repeat(100)}/${'y'.repeat(100)}`;
    const { reference } = await waitingOrder({ fields: {}, attachments: [{ id, ...required }] });
    const author = { author: 'an operator', reason: 'agreed with Sinch' };

    await expect(stand.client.waiveRequirement(reference, { attachmentId: id, ...author })).resolves.toBeDefined();

    await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.includes('refused the submission')),
    );
    await endsWhenCancelled(reference);
  });
});
