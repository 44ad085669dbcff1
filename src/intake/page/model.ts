import type { Form, RequiredAttachment, ReviewLogEntry } from '@number-orders/contract';
import type { RegistrationData } from './data';
import type { FaultKind, Language, Said, Status } from './words';

/** Everything that a page shows. Of the KYC it has what this very request has sent, and nothing that was sent before. */
export interface PageModel extends Frame {
  phase: Phase;
  /** Where the form is posted to: the page's own path. */
  action: string;
  /** Reserved numbers, E.164. */
  numbers: string[];
  /** RFC 3339. */
  deadline?: string;
  form: Form;
  details: Details;
  documents: DocumentAsked[];
  /** What the reviewers ask for, oldest first; while the order waits for that. */
  reviewersAsk: ReviewLogEntry[];
  returnUrl?: string;
}

/** What every page has around it. */
export interface Frame {
  language: Language;
  look: Look;
  /** Of style sheet, script and logo. */
  assets: { style: string; script: string };
}

/** How the page presents those who ask. */
export interface Look {
  /** The name that people know. */
  name: string;
  /** Path of an image that is served beside the page. */
  logo?: string;
  /** Who answers for the data, as the law names them; `name` when left out. */
  controller?: string;
  /** http or https. */
  privacyNotice?: string;
}

/**
 * preparing: nothing is reserved yet. collecting: KYC is awaited. correcting: the reviewers wait for something. reviewing,
 * done: nothing is asked for.
 */
export type Phase = 'preparing' | 'collecting' | 'correcting' | 'reviewing' | 'done';

export interface Details {
  /** Undefined: none are asked for. */
  status?: Status;
  /** The fields are shown. */
  open: boolean;
  values: RegistrationData;
  faults: Fault[];
  said?: Said;
  /** Sinch's own words. */
  reason?: string;
}

/** What is wrong with one answer. `field` is a path such as `requestDetails.data[1].city`, as violations have it. */
export interface Fault {
  field: string;
  /** English, of Sinch; in its place `kind`, which the page has words for. */
  description?: string;
  kind?: FaultKind;
}

export interface DocumentAsked {
  asked: RequiredAttachment;
  status: Status;
  said?: Said;
  /** Sinch's own words for what is wrong. */
  reasons: string[];
  /** The document type that this request has sent. */
  documentType?: string;
  /** Stands for a file that is stored and of which the order could not be told. */
  receipt?: string;
  maxBytes?: number;
}
