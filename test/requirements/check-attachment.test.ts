import type { RequiredAttachment, ViewRequirements } from '@number-orders/contract';
import { adviseOnAttachment } from '../../src/requirements/advise-attachment';
import { checkAttachmentId } from '../../src/requirements/check-attachment';

const asking = (...attachments: (Partial<RequiredAttachment> & { id: string })[]): ViewRequirements => ({
  fields: {},
  attachments: attachments.map((attachment) => ({
    mandatory: true,
    template: [],
    allowedMimeTypes: [],
    allowedDocumentTypes: [],
    ...attachment,
  })),
});

const proofOfAddress = asking(
  {
    id: 'proofOfAddress',
    title: 'Proof of address',
    allowedMimeTypes: ['application/pdf', 'image/*'],
    allowedDocumentTypes: ['UTILITY_BILL'],
  },
  { id: 'letter' },
);
const bill = { attachmentId: 'proofOfAddress', mimeType: 'application/pdf', documentType: 'UTILITY_BILL' };

describe('A document that is checked against the required attachments', () => {
  it.each(['application/pdf', 'Application/PDF', 'image/png'])('passes as %s', (mimeType) => {
    expect(adviseOnAttachment(proofOfAddress, { ...bill, mimeType })).toEqual([]);
  });

  it('passes with any type where the requirement lists none', () => {
    expect(adviseOnAttachment(proofOfAddress, { attachmentId: 'letter', mimeType: 'text/plain' })).toEqual([]);
  });

  it('with an unknown id is refused with the list of the known ones', () => {
    expect(adviseOnAttachment(proofOfAddress, { ...bill, attachmentId: 'passport' })).toEqual([
      {
        field: 'attachmentId',
        description: 'is not known for this number; known are proofOfAddress (Proof of address), letter',
      },
    ]);
  });

  it.each([null, asking()])('is refused if no attachments are asked for', (requirements) => {
    expect(adviseOnAttachment(requirements, bill)).toEqual([
      { field: 'attachmentId', description: 'is not known for this number; no attachments are asked for' },
    ]);
  });

  it.each([
    [['image/jpg'], 'image/jpeg'],
    [['image/jpeg'], 'image/jpg'],
    [['pdf', 'png'], 'application/pdf'],
    [['.PDF'], 'application/pdf'],
    [['*.pdf'], 'application/pdf'],
    [['*/*'], 'application/pdf'],
    [['*'], 'application/pdf'],
    [['application/pdf, image/png'], 'image/png'],
    [['PDF or PNG'], 'image/png'],
    [['pdf; jpg'], 'image/jpeg'],
    [['application/pdf; version=1.7'], 'application/pdf'],
    [['application/pdf'], 'application/pdf; charset=binary'],
    [['Scans'], 'image/png'],
    [[''], 'image/png'],
  ])('allowed as %j causes no warning as %s', (allowedMimeTypes, mimeType) => {
    const requirements = asking({ id: 'passport', allowedMimeTypes });
    expect(adviseOnAttachment(requirements, { attachmentId: 'passport', mimeType })).toEqual([]);
  });

  it.each([
    [['pdf', 'png'], 'image/jpeg'],
    [['image/*'], 'application/pdf'],
    [['application/pdf; version=1.7'], 'image/png'],
  ])('allowed as %j causes a warning as %s', (allowedMimeTypes, mimeType) => {
    const requirements = asking({ id: 'passport', allowedMimeTypes });
    expect(adviseOnAttachment(requirements, { attachmentId: 'passport', mimeType })).toHaveLength(1);
  });

  it('is refused only for its id, because Sinch decides about media type and document type', () => {
    expect(checkAttachmentId(proofOfAddress, 'proofOfAddress')).toEqual([]);
    expect(checkAttachmentId(proofOfAddress, 'passport')).toHaveLength(1);
  });

  it('with a media type that is not allowed gets a warning with the allowed ones', () => {
    expect(adviseOnAttachment(proofOfAddress, { ...bill, mimeType: 'imagery/png' })).toEqual([
      { field: 'mimeType', description: 'must be one of application/pdf, image/*' },
    ]);
  });

  it('without a document type, or with a wrong one, gets a warning with the allowed ones', () => {
    const { documentType: _documentType, ...untyped } = bill;
    expect(adviseOnAttachment(proofOfAddress, untyped)).toEqual([
      { field: 'documentType', description: 'is missing; it must be one of UTILITY_BILL' },
    ]);
    expect(adviseOnAttachment(proofOfAddress, { ...bill, documentType: 'PASSPORT' })).toEqual([
      { field: 'documentType', description: 'must be one of UTILITY_BILL' },
    ]);
  });
});
