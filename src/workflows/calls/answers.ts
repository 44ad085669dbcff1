import { BATCH_OUTCOMES, readAttachment, readRegistration, type Provisioning } from '@number-orders/contract';
import type {
  Activities,
  FoundOrder,
  NumberOrder,
  NumberOrderState,
  StartedRow,
  ToProvision,
  UploadVerdict,
} from '../../activities';

/** Checks that a value has what the workflow relies on. Written by hand: a schema library is too heavy for the sandbox. */
type Check = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string';
const isFilled: Check = (value) => isText(value) && value !== '';
const isNumber: Check = (value) => typeof value === 'number';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));
const record =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.some((each) => each === value);

const STATES: Record<NumberOrderState, true> = {
  NUMBER_ORDER_STATE_UNSPECIFIED: true,
  CREATED: true,
  IN_REVIEW: true,
  BLOCKED: true,
  COMPLETED: true,
  REJECTED: true,
  EXPIRED: true,
};

const isNumberOrder = record({
  idNumberOrder: isFilled,
  state: oneOf(...Object.keys(STATES)),
  unknownState: optional(isText),
  orderNumbers: listOf(record({ phoneNumber: isFilled, numberPrice: optional(isRecord) })),
  createTime: optional(isTime),
  // May be missing, or not a time.
  expireTime: optional(isText),
});

/** An answer about another order is no answer. */
const isNumberOrderOf = (id: string, value: unknown) =>
  isNumberOrder(value) && isRecord(value) && value.idNumberOrder === id;

const isFound = record({ order: isNumberOrder, heldBy: optional(isText) });

const isRequirements = record({
  fields: isRecord,
  attachments: listOf(
    record({
      id: isFilled,
      mandatory: isBoolean,
      allowedMimeTypes: listOf(isText),
      allowedDocumentTypes: listOf(isText),
    }),
  ),
});

const isLinks = listOf(
  record({ phoneNumber: isFilled, target: oneOf('SMS', 'VOICE'), status: isText, failureCode: optional(isText) }),
);
const isLinksOf = ({ phoneNumbers }: ToProvision, value: unknown) =>
  isLinks(value) &&
  phoneNumbers.every((number) => (value as Provisioning[]).some((link) => link.phoneNumber === number));

const VERDICTS: Record<UploadVerdict, true> = { COMPLETED: true, FAILED: true };
const isVerdict = oneOf(...Object.keys(VERDICTS));

const isClosed = record({ reference: isFilled, outcome: oneOf(...BATCH_OUTCOMES), failure: optional(isText) });
const isBatchRow: Check = (value) =>
  record({ reference: isFilled, state: oneOf('OPEN', 'ENDED', 'REFUSED') })(value) &&
  ((value as StartedRow).state !== 'ENDED' || isClosed(value)) &&
  ((value as StartedRow).state !== 'REFUSED' || record({ reason: isText })(value));
const isRowsOf = ({ from, to }: { from: number; to: number }, value: unknown) =>
  Array.isArray(value) &&
  value.length === to - from &&
  value.every((row, index) => isBatchRow(row) && (row as StartedRow).row === from + index + 1);

const isCopied = (reference: string, value: unknown) =>
  isRecord(value) &&
  (oneOf('NONE', 'OTHER_KIND')(value.verdict) ||
    (value.verdict === 'COPIED' &&
      optional((registration) => !readRegistration(registration).violations)(value.registration) &&
      listOf((attachment) => !readAttachment(reference)(attachment).violations)(value.attachments)));

/** For activities whose answer is not used. */
const isAnything = () => true;

/** Whether a value is what an activity answers to these arguments. */
type Answers = { [Name in keyof Activities]: (value: unknown, ...args: Parameters<Activities[Name]>) => boolean };

const ANSWERS: Answers = {
  lookupNumberRequirements: record({ requirements: (value) => value === null || isRequirements(value) }),
  searchAvailableNumbers: record({
    phoneNumber: (value) => value === null || isFilled(value),
    tooDear: optional(record({ count: isNumber, example: isText })),
  }),
  awaitProject: oneOf('KNOWN'),
  checkPrice: record({ available: isBoolean, tooDear: optional(isText) }),
  isNumberAvailable: isBoolean,
  createNumberOrder: isNumberOrder,
  findNumberOrder: (value, id) => isFound(value) && isNumberOrderOf(id, (value as FoundOrder).order),
  getNumberOrder: (value, id) => isNumberOrderOf(id, value),
  submitNumberOrder: (value, id) => isNumberOrderOf(id, value),
  awaitKnownAgain: (value, { idNumberOrder }) => isNumberOrderOf(idNumberOrder, value),
  awaitLapse: (value, { idNumberOrder }) =>
    isRecord(value) && (value.order === null || isNumberOrderOf(idNumberOrder, value.order)),
  awaitReview: (value, { idNumberOrder }) => isNumberOrderOf(idNumberOrder, value),
  awaitNumbers: (value, id) => isNumberOrderOf(id, value) && (value as NumberOrder).orderNumbers.length > 0,
  awaitBoughtNumbers: (value) => listOf(isFilled)(value) && (value as unknown[]).length > 0,
  updateRegistration: oneOf('SENT', 'SENT_AGAIN'),
  uploadAttachment: (value) => value === 'WAITING' || isVerdict(value),
  awaitUpload: isVerdict,
  getReviewLog: listOf(record({ message: isText, createTime: isText })),
  // At least one of the numbers.
  readProvisioning: (value) => isLinks(value) && (value as unknown[]).length > 0,
  awaitProvisioning: (value, wanted) => isLinksOf(wanted, value),
  releaseNumber: oneOf('RELEASED'),
  deleteStagedFiles: oneOf('DELETED'),
  notify: isAnything,
  sweep: isAnything,
  failLostCalls: isAnything,
  startBatchRows: (value, rows) => isRowsOf(rows, value),
  findEndedOrders: listOf(isClosed),
  deleteBatchRows: isAnything,
  copyProfile: (value, { reference }) => isCopied(reference, value),
  // Local activities: no operator can complete them.
  beginOrder: isAnything,
  readPolicy: isAnything,
};

/**
 * Whether a value is what the activity answers. An operator can complete any activity by hand, with anything, so every
 * answer is checked here before the workflow uses it.
 */
export function isAnswer(activityType: string, value: unknown, args: unknown[]): boolean {
  const check = ANSWERS[activityType as keyof Activities] as
    ((value: unknown, ...args: unknown[]) => boolean) | undefined;
  return check?.(value, ...args) ?? true;
}
