/** Each text of the page that is ours; a language is a file beside this one that has them all. What Sinch says is English, and is shown as it is. */
export interface Words {
  /** BCP 47, and the `lang` of the page. */
  tag: string;
  /** How times and sizes are written, BCP 47. */
  locale: string;
  /** Of the language, in itself. */
  name: string;
  languages: string;
  skip: string;

  /** Above everything, and in the title of the window. */
  heading: string;
  /** Who asks for it, and for which number. */
  asks: (asker: string, numbers: number) => string;
  /** Why it is asked for. */
  why: string;
  deadline: string;
  deadlinePassed: string;

  /** What is asked for, at a glance. */
  overview: string;
  details: string;
  detailsAsked: string;
  documents: string;
  documentsAsked: string;
  required: string;
  optional: string;
  example: string;
  error: string;
  choose: string;
  yes: string;
  no: string;
  noAnswer: string;
  onePerLine: string;
  orderedNumber: (numbers: number) => string;
  /** Of a section that Sinch gives no title. */
  part: (position: number, parts: number) => string;
  entry: (position: number) => string;
  add: string;
  remove: (position: number) => string;
  /** The requirements hold nothing that could be shown as fields. */
  unreadable: string;
  changeDetails: string;

  template: string;
  documentType: string;
  file: string;
  fileOfType: (types: string) => string;
  fileOfSize: (size: string) => string;
  upload: string;
  replace: string;
  sending: string;
  notSent: string;

  send: string;
  sendHint: string;
  sendAnyway: string;
  sendAnywayHint: string;

  status: Record<Status, string>;
  /** What has become of something that was just sent. */
  said: Record<Said, string>;
  /** Said by the page itself, where Sinch gives no words of its own. */
  faults: Record<FaultKind, string>;
  problems: (count: number) => string;
  problemsHint: string;
  adviceHint: string;
  reviewers: string;
  reviewersHint: string;

  phase: Record<'preparing' | 'reviewing' | 'done', { heading: string; text: string }>;
  allReceived: { heading: string; text: string };
  next: string;
  nextSteps: string[];

  whoAsks: string;
  controller: (name: string) => string;
  privacyNotice: string;
  back: (host: string) => string;

  open: { heading: string; text: (asker: string) => string; button: string };
  badLink: { heading: string; text: string; whatToDo: string };
  trouble: { heading: string; text: string };
}

/** How a part of what is asked for stands. */
export type Status = 'needed' | 'optional' | 'received' | 'checking' | 'refused' | 'failed';

/**
 * received: the order has it. kept: the order has it and sends it later. refused: see what is wrong. superseded: another
 * was sent after it. notSent: our own advice has something to say first. sendAgain: it is stored, and the order could not
 * be told. chooseAgain: it could not be stored. empty, tooLarge: the file. limit: the order takes no more.
 * tryAgain: the order could not be told of the details.
 */
export type Said =
  | 'received'
  | 'kept'
  | 'refused'
  | 'superseded'
  | 'notSent'
  | 'sendAgain'
  | 'chooseAgain'
  | 'empty'
  | 'tooLarge'
  | 'limit'
  | 'tryAgain';

/** The keyword of a rule that a value breaks. */
export type FaultKind = 'required' | 'type' | 'enum' | 'minLength' | 'maxLength' | 'pattern';
