import { BUILT_IN_REQUIREMENTS } from '../../fake-sinch/requirements-data';
import { formOf, type RequiredAttachment, type ViewRequirements } from '@number-orders/contract';
import type { DocumentAsked, Frame, PageModel } from '../../src/intake/page/model';
import type { Status } from '../../src/intake/page/words';

/** Models of pages, made of what the fake Sinch asks for. */

/** Attachments stand inside the fields for some countries, as in Sinch's example. */
export function requirementsOf(which: string): ViewRequirements {
  const { fields, attachments } = BUILT_IN_REQUIREMENTS[which] as Partial<ViewRequirements>;
  return { fields: fields!, attachments: attachments ?? (fields!.attachments as RequiredAttachment[]) };
}

export const frame: Frame = {
  language: 'en',
  look: {
    name: 'Example Telecom',
    controller: 'Example Telecom Pty Ltd, Melbourne',
    privacyNotice: 'https://telecom.example/privacy',
  },
  assets: { style: '/page.css', script: '/page.js' },
};

export const modelOf = (which: string, changes: Partial<PageModel> = {}): PageModel => {
  const requirements = requirementsOf(which);
  const documents = requirements.attachments.map((asked): DocumentAsked => {
    const status: Status = asked.mandatory ? 'needed' : 'optional';
    return { asked, status, reasons: [], maxBytes: 20_000_000 };
  });
  return {
    ...frame,
    phase: 'collecting',
    action: '/form',
    numbers: ['+61411111112'],
    deadline: new Date(Date.now() + 47.5 * 3_600_000).toISOString(),
    form: formOf(requirements),
    details: { status: 'needed', open: true, values: [], faults: [] },
    documents,
    reviewersAsk: [],
    ...changes,
  };
};

export const refused = modelOf('AU MOBILE', {
  details: {
    status: 'refused',
    open: true,
    said: 'refused',
    values: [
      [{ senderId: '$orderedNumber', purposeOfTheTraffic: 'Marketing', intendedUseOfMobileNumbers: 'Offers' }],
      {
        endBusinessName: 'Example Pty Ltd',
        endBusinessAddress: '1 Example Street',
        state: 'VIC',
        postalCode: 'unknown',
      },
      { firstName: 'Alex', lastName: 'Example', phoneNumber: '+61491570156' },
    ],
    faults: [
      { field: 'requestDetails.data[0][0].intendedUseOfMobileNumbers', kind: 'minLength' },
      { field: 'requestDetails.data[1].city', kind: 'required' },
      { field: 'requestDetails.data[1].postalCode', description: 'An Australian postal code has four digits.' },
      { field: 'something.else', description: 'The business could not be found in the register.' },
    ],
  },
});

const { deadline: _passed, ...blocked } = modelOf('DE LOCAL', {
  phase: 'correcting',
  numbers: ['+4930111111', '+4930111112', '+4930111113'],
  reviewersAsk: [
    {
      message: 'The proof of address is older than three months. Please send a newer one.',
      createTime: '2026-02-24T06:39:55Z',
    },
  ],
  details: { status: 'received', open: false, values: [], faults: [] },
  documents: requirementsOf('DE LOCAL').attachments.map((asked, index) => ({
    asked,
    status: index === 0 ? 'refused' : 'received',
    reasons: index === 0 ? ['This document type is not accepted.'] : [],
    maxBytes: 20_000_000,
  })),
});

/** After a submit nothing but the reviewers' answer ends the order. */
export const correcting: PageModel = blocked;

export const received = modelOf('AU MOBILE', {
  details: { status: 'received', open: false, values: [], faults: [], said: 'received' },
  documents: modelOf('AU MOBILE').documents.map((document) => ({
    ...document,
    status: document.asked.mandatory ? 'checking' : 'optional',
    ...(document.asked.mandatory && { said: 'received' as const }),
  })),
  returnUrl: 'https://shop.example/orders/4711',
});
