import type { Form, RequiredAttachment, ReviewLogEntry } from '@number-orders/contract';
import type { RegistrationData } from './data';
import type { FaultKind, Language, Said, Status } from './words';

/** Everything that a page shows. It has only the KYC of this request, never KYC that was sent before. */
export interface PageModel extends Frame {
  phase: Phase;
  /** The form's target: the page's own path. */
  action: string;
  /** Reserved numbers, E.164. */
  numbers: string[];
  /** RFC 3339. */
  deadline?: string;
  form: Form;
  details: Details;
  documents: DocumentAsked[];
  /** The reviewers' requests, oldest first, while the order waits for them. */
  reviewersAsk: ReviewLogEntry[];
  returnUrl?: string;
}

/** The frame of every page. */
export interface Frame {
  language: Language;
  look: Look;
  /** The paths of style sheet, script and logo. */
  assets: { style: string; script: string };
}

/** The company, as the page presents it. */
export interface Look {
  /** Its public name. */
  name: string;
  /** The path of an image that is served with the page. */
  logo?: string;
  /** The data controller's legal name; `name` when left out. */
  controller?: string;
  /** http or https. */
  privacyNotice?: string;
}

/**
 * preparing: nothing is reserved yet. collecting: KYC is awaited. correcting: the reviewers wait for something. reviewing, done:
 * nothing is required.
 */
export type Phase = 'preparing' | 'collecting' | 'correcting' | 'reviewing' | 'done';

export interface Details {
  /** Undefined: no fields are required. */
  status?: Status;
  /** The fields are shown. */
  open: boolean;
  values: RegistrationData;
  faults: Fault[];
  said?: Said;
  /** Sinch's own text. */
  reason?: string;
}

/** A fault of one answer. `field` is a path such as `requestDetails.data[1].city`, as in violations. */
export interface Fault {
  field: string;
  /** Sinch's English text. Otherwise `kind`, for which the page has a text. */
  description?: string;
  kind?: FaultKind;
}

export interface DocumentAsked {
  asked: RequiredAttachment;
  status: Status;
  said?: Said;
  /** Sinch's own description of the fault. */
  reasons: string[];
  /** The document type in this request. */
  documentType?: string;
  /** Represents a stored file that the order has not been told of. */
  receipt?: string;
  maxBytes?: number;
}
