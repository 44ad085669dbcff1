import type { RequiredAttachment, ViewRequirements } from '../../src/contract';
import { checkAttachment } from '../../src/requirements/check-attachment';

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
  { id: 'proofOfAddress', allowedMimeTypes: ['application/pdf', 'image/*'], allowedDocumentTypes: ['UTILITY_BILL'] },
  { id: 'letter' },
);
const bill = { attachmentId: 'proofOfAddress', mimeType: 'application/pdf', documentType: 'UTILITY_BILL' };

describe('A document held against the required attachments', () => {
  it.each(['application/pdf', 'Application/PDF', 'image/png'])('passes as %s', (mimeType) => {
    expect(checkAttachment(proofOfAddress, { ...bill, mimeType })).toEqual([]);
  });

  it('passes with any type where the requirement lists none', () => {
    expect(checkAttachment(proofOfAddress, { attachmentId: 'letter', mimeType: 'text/plain' })).toEqual([]);
  });

  it('under an unknown id is told the known ones', () => {
    expect(checkAttachment(proofOfAddress, { ...bill, attachmentId: 'passport' })).toEqual([
      { field: 'attachmentId', description: 'is not known for this number; known are proofOfAddress, letter' },
    ]);
  });

  it.each([null, asking()])('is refused where no attachments are asked for', (requirements) => {
    expect(checkAttachment(requirements, bill)).toEqual([
      { field: 'attachmentId', description: 'is not known for this number; no attachments are asked for' },
    ]);
  });

  it('of a media type that is not allowed is told the allowed ones', () => {
    expect(checkAttachment(proofOfAddress, { ...bill, mimeType: 'imagery/png' })).toEqual([
      { field: 'mimeType', description: 'must be one of application/pdf, image/*' },
    ]);
  });

  it('without a document type, or with the wrong one, is told the allowed ones', () => {
    const { documentType: _documentType, ...untyped } = bill;
    expect(checkAttachment(proofOfAddress, untyped)).toEqual([
      { field: 'documentType', description: 'is missing; it must be one of UTILITY_BILL' },
    ]);
    expect(checkAttachment(proofOfAddress, { ...bill, documentType: 'PASSPORT' })).toEqual([
      { field: 'documentType', description: 'must be one of UTILITY_BILL' },
    ]);
  });
});
