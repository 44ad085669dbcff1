import type { Attachment, ViewRequirements } from '@number-orders/contract';
import { evaluate } from '../../src/requirements/evaluate';
import { registrationRequired } from '../../src/requirements/required';

const anyOf = { template: [], allowedMimeTypes: ['application/pdf'], allowedDocumentTypes: [] };
const requirements: ViewRequirements = {
  fields: { rules: [{ template: { companyName: { required: true } } }] },
  attachments: [
    { id: 'proofOfAddress', title: 'Proof of address', mandatory: true, ...anyOf },
    { id: 'letter', mandatory: false, ...anyOf },
  ],
};
const sha256 = 'a'.repeat(64);
const attachment = (attachmentId: string, mimeType = 'application/pdf'): Attachment => ({
  attachmentId,
  key: `order-1/${sha256}`,
  fileName: 'document.pdf',
  mimeType,
  size: 1,
  sha256,
});

describe('A registration is needed', () => {
  it.each([
    ['where there are rules', { rules: [{}] }],
    ['where the rules have a shape we do not know', { rules: { company: {} } }],
  ])('%s', (_name, fields) => {
    expect(registrationRequired({ fields, attachments: [] })).toBe(true);
  });

  it.each([
    ['no rules', {}],
    ['an empty list', { rules: [] }],
    ['null', { rules: null }],
  ])('but not where the rules are %s', (_name, fields) => {
    expect(registrationRequired({ fields, attachments: [] })).toBe(false);
  });

  it('but not where Sinch knows no requirements', () => {
    expect(registrationRequired(null)).toBe(false);
  });
});

const NOTHING = { missing: [], missingTitles: [], violations: [] };

describe('An order that is evaluated before a call is made', () => {
  it('gets everything that is missing', () => {
    expect(evaluate(requirements, { expectedAttachments: ['letter'] })).toEqual({
      missing: ['registration', 'proofOfAddress', 'letter'],
      missingTitles: [
        { id: 'registration', title: 'Registration' },
        { id: 'proofOfAddress', title: 'Proof of address' },
        { id: 'letter', title: 'letter' },
      ],
      violations: [],
    });
  });

  it('lacks nothing when registration and documents are there', () => {
    const registration = { data: [{ companyName: 'Acme' }] };
    const attachments = [attachment('proofOfAddress'), attachment('letter')];
    expect(evaluate(requirements, { registration, attachments, expectedAttachments: ['letter'] })).toEqual(NOTHING);
  });

  it('gets what Sinch would refuse, by field', () => {
    const request = {
      registration: { requestDetails: { data: [{}] } },
      attachments: [attachment('proofOfAddress', 'image/png'), attachment('passport')],
      expectedAttachments: ['stamp'],
    };
    expect(evaluate(requirements, request).violations.map(({ field }) => field)).toEqual([
      'requestDetails.data[0].companyName',
      'expectedAttachments[0]',
      'attachments[0].mimeType',
      'attachments[1].attachmentId',
    ]);
  });

  it('gets a violation if its registration has one place for several numbers', () => {
    const registration = { data: [{ companyName: 'Acme', number: '$orderedNumber' }] };
    const { violations } = evaluate(requirements, {
      registration: { data: [...registration.data, {}] },
      selection: { quantity: { requestedQuantity: 3 } },
    });
    expect(violations).toEqual([
      {
        field: 'requestDetails.data[0].number',
        description: expect.stringContaining('the order has 3 numbers') as string,
      },
    ]);
    expect(evaluate(requirements, { registration, selection: { search: {} } }).violations).toEqual([]);
    expect(evaluate(requirements, { registration, selection: { quantity: {} } }).violations).toEqual([]);
  });

  it('needs nothing if Sinch has no requirements', () => {
    expect(evaluate(null, {})).toEqual(NOTHING);
    expect(evaluate(null, { registration: { data: 'kept' } })).toEqual(NOTHING);
  });
});
