import type { Words } from './words';

export const en: Words = {
  tag: 'en',
  locale: 'en-GB',
  name: 'English',
  languages: 'Language',
  skip: 'Skip to the form',

  heading: 'Register your phone number',
  asks: (asker, numbers) =>
    numbers === 1
      ? `${asker} has reserved this number for you and needs some details to register it:`
      : `${asker} has reserved these numbers for you and needs some details to register them:`,
  why: 'The country’s regulator wants to know who uses a number. It is only sold once these details have been checked.',
  deadline: 'Please send everything by',
  deadlinePassed: 'The time for this has run out.',

  overview: 'What is needed',
  details: 'Your details',
  detailsAsked: 'The questions are shown in English, as the registration authority’s form has them.',
  documents: 'Documents',
  documentsAsked: 'Choose a file for each document. You can send them one at a time, and come back later for the rest.',
  required: 'required',
  optional: 'optional',
  example: 'Example:',
  error: 'Error:',
  choose: 'Please choose',
  yes: 'Yes',
  no: 'No',
  noAnswer: 'No answer',
  onePerLine: 'One on each line.',
  orderedNumber: (numbers) =>
    numbers === 1
      ? 'This is your reserved number. Leave it as it is unless you know better.'
      : 'These are your reserved numbers. Leave them as they are: each is registered with these answers.',
  part: (position, parts) => `Part ${position} of ${parts}`,
  entry: (position) => `Entry ${position}`,
  add: 'Add another entry',
  remove: (position) => `Remove entry ${position}`,
  unreadable:
    'The questions for these details cannot be shown here. Please contact the company that sent you this link.',
  changeDetails: 'Send different details',

  template: 'Form to fill in:',
  documentType: 'Kind of document',
  file: 'File',
  fileOfType: (types) => `Accepted: ${types}.`,
  fileOfSize: (size) => `Up to ${size}.`,
  upload: 'Send this document',
  replace: 'Send another file instead',
  sending: 'Sending …',
  notSent: 'This could not be sent. Check your connection and try again.',

  send: 'Check and send',
  sendHint: 'Sends your details and every file that you have chosen.',
  sendAnyway: 'Send anyway',
  sendAnywayHint:
    'If a check is wrong about something, you can send your details as they are. The authority then decides.',

  status: {
    needed: 'Needed',
    optional: 'Optional',
    received: 'Received',
    checking: 'Received, being checked',
    refused: 'Please correct',
    failed: 'Please send again',
  },
  said: {
    received: 'Received. Thank you.',
    kept: 'Received. It will be passed on as soon as possible.',
    refused: 'This was not accepted. Please correct it and send it again.',
    superseded: 'Newer details have arrived since, and are used instead of these.',
    notSent: 'Nothing has been sent yet. Please look at what is marked, or choose “Send anyway”.',
    sendAgain:
      'The file has arrived but is not registered yet. Please send again in a moment. You need not choose it again.',
    chooseAgain: 'The file could not be stored. Please choose it again and send it.',
    empty: 'The file is empty. Please choose another one.',
    tooLarge: 'The file is too large. Please choose a smaller one.',
    limit: 'No more can be taken for this number. Please contact the company that sent you this link.',
    tryAgain: 'Your details could not be passed on just now. They are still here: please send them again in a moment.',
  },
  faults: {
    required: 'Please fill this in.',
    type: 'Please check what kind of value this should be.',
    enum: 'Please choose one of the list.',
    minLength: 'This is too short.',
    maxLength: 'This is too long.',
    pattern: 'This does not have the expected form.',
  },
  problems: (count) => (count === 1 ? 'One thing needs your attention' : `${count} things need your attention`),
  problemsHint: 'Your answers are still here. Correct what is listed and send again.',
  adviceHint: 'Nothing has been sent yet. If you are sure that your answers are right, choose “Send anyway”.',
  reviewers: 'The reviewers have a request',
  reviewersHint: 'Please send what they ask for: corrected details, a document, or both.',

  phase: {
    preparing: {
      heading: 'Your number is being reserved',
      text: 'There is nothing to do yet. Open this page again in a few minutes.',
    },
    reviewing: {
      heading: 'Your details are being reviewed',
      text: 'There is nothing to do. Reviews can take some days. If something is missing, you will be told.',
    },
    done: { heading: 'Your number is registered', text: 'There is nothing more to do. You can close this page.' },
  },
  allReceived: {
    heading: 'Everything has been received',
    text: 'Thank you. You can close this page. The registration is now sent to the reviewers.',
  },
  next: 'What happens next',
  nextSteps: [
    'You send your details and documents. You are told at once if something is wrong.',
    'The registration authority reviews them. This can take some days.',
    'If the reviewers have a question, you are asked here. Otherwise your number is activated.',
  ],

  whoAsks: 'Who asks for this',
  controller: (name) => `${name} is responsible for your data.`,
  privacyNotice: 'Privacy notice',
  back: (host) => `Back to ${host}`,

  open: {
    heading: 'Register your phone number',
    text: (asker) => `${asker} has sent you this page to collect the details that your phone number needs.`,
    button: 'Continue',
  },
  badLink: {
    heading: 'This link does not work',
    text: 'It may have expired, or it may be incomplete, or what it was for is done.',
    whatToDo: 'Try the link in your newest message, or ask the company that sent it to you for a new one.',
  },
  trouble: {
    heading: 'This does not work at the moment',
    text: 'Nothing that was confirmed as received is lost. Please try again in a few minutes.',
  },
};
