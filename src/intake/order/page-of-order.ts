import {
  formOf,
  type OrderView,
  type RequiredAttachment,
  type ViewAttachment,
  type Violation,
} from '@number-orders/contract';
import { registrationRequired } from '../../requirements/required';
import type { DocumentAsked, Fault, PageModel, Phase } from '../page/model';
import type { Status } from '../page/words';

/** Reviewers write at length: their last message says what they wait for. */
const MESSAGES_SHOWN = 3;

/** The part of an order that a page shows: what is required and what has arrived, nothing else. */
export type OrderPart = Pick<
  PageModel,
  'phase' | 'numbers' | 'deadline' | 'form' | 'details' | 'documents' | 'reviewersAsk'
>;

export interface PageOptions {
  /** Shows the fields even if they have arrived already. */
  showDetails?: boolean;
  maxDocumentBytes: number;
}

export function pageOfOrder(view: OrderView, { showDetails = false, maxDocumentBytes }: PageOptions): OrderPart {
  const { requirements, reviewLog, expireTime } = view;
  const phase = phaseOf(view);
  const status = detailsStatus(view);
  return {
    phase,
    numbers: view.phoneNumbers,
    // After a submit the deadline no longer applies: only Sinch's state ends the order.
    ...(phase === 'collecting' && expireTime !== undefined && { deadline: expireTime }),
    form: formOf(requirements ?? null),
    details: {
      ...(status && { status }),
      open: status === 'needed' || status === 'refused' || showDetails,
      values: [],
      faults: status === 'refused' ? faultsOf(view.violations) : [],
    },
    documents: (requirements?.attachments ?? []).map((asked) => documentOf(view, asked, maxDocumentBytes)),
    reviewersAsk: phase === 'correcting' ? reviewLog.slice(-MESSAGES_SHOWN) : [],
  };
}

function phaseOf({ stage, requirements }: OrderView): Phase {
  switch (stage) {
    case 'LOOKING_UP':
    case 'RESERVING':
      return 'preparing';
    case 'UNCONFIRMED':
      return requirements ? 'collecting' : 'preparing';
    case 'AWAITING_KYC':
      return 'collecting';
    case 'ACTION_REQUIRED':
      return 'correcting';
    case 'SUBMITTING':
    case 'IN_REVIEW':
      return 'reviewing';
    default:
      return 'done';
  }
}

function detailsStatus({ requirements, outstanding, violations }: OrderView): Status | undefined {
  if (violations.length > 0) return 'refused';
  if (outstanding.registration) return 'needed';
  return registrationRequired(requirements ?? null) ? 'received' : undefined;
}

/** Sinch's own text, with its requirements' message for a wrong value. */
export function faultsOf(violations: readonly Violation[]): Fault[] {
  return violations.map(({ field, description, hint }) => ({
    field,
    description: hint === undefined ? description : `${description}. ${hint}`,
  }));
}

const STATUS: Record<ViewAttachment['status'], Status> = {
  RECEIVED: 'received',
  UPLOADED: 'checking',
  COMPLETED: 'received',
  FAILED: 'failed',
  REFUSED: 'refused',
};

function documentOf(view: OrderView, asked: RequiredAttachment, maxBytes: number): DocumentAsked {
  const received = view.attachments.findLast(({ attachmentId }) => attachmentId === asked.id);
  const awaited = view.outstanding.attachments.includes(asked.id);
  const status = received ? STATUS[received.status] : awaited ? 'needed' : 'optional';
  const reasons =
    received?.reason !== undefined && (status === 'refused' || status === 'failed') ? [received.reason] : [];
  return { asked, status, reasons, maxBytes };
}
