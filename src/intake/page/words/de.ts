import type { Words } from './words';

export const de: Words = {
  tag: 'de',
  locale: 'de',
  name: 'Deutsch',
  languages: 'Sprache',
  skip: 'Zum Formular springen',

  heading: 'Ihre Rufnummer registrieren',
  asks: (asker, numbers) =>
    numbers === 1
      ? `${asker} hat diese Rufnummer für Sie reserviert und braucht einige Angaben, um sie zu registrieren:`
      : `${asker} hat diese Rufnummern für Sie reserviert und braucht einige Angaben, um sie zu registrieren:`,
  why: 'Die Aufsichtsbehörde des Landes will wissen, wer eine Rufnummer nutzt. Sie wird erst verkauft, wenn diese Angaben geprüft sind.',
  deadline: 'Bitte senden Sie alles bis',
  deadlinePassed: 'Die Frist dafür ist abgelaufen.',

  overview: 'Was gebraucht wird',
  details: 'Ihre Angaben',
  detailsAsked: 'Die Fragen stehen hier auf Englisch, wie im Formular der Registrierungsstelle.',
  documents: 'Dokumente',
  documentsAsked:
    'Wählen Sie für jedes Dokument eine Datei. Sie können die Dokumente einzeln senden und später mit dem Rest weitermachen.',
  required: 'erforderlich',
  optional: 'freiwillig',
  example: 'Beispiel:',
  error: 'Fehler:',
  choose: 'Bitte wählen',
  yes: 'Ja',
  no: 'Nein',
  noAnswer: 'Keine Angabe',
  onePerLine: 'Je Zeile ein Eintrag.',
  orderedNumber: (numbers) =>
    numbers === 1
      ? 'Das ist Ihre reservierte Rufnummer. Lassen Sie sie so stehen, wenn Sie nichts Besseres wissen.'
      : 'Das sind Ihre reservierten Rufnummern. Lassen Sie sie so stehen: Jede wird mit diesen Angaben registriert.',
  part: (position, parts) => `Teil ${position} von ${parts}`,
  entry: (position) => `Eintrag ${position}`,
  add: 'Weiteren Eintrag hinzufügen',
  remove: (position) => `Eintrag ${position} entfernen`,
  unreadable:
    'Die Fragen nach diesen Angaben können hier nicht angezeigt werden. Bitte wenden Sie sich an das Unternehmen, das Ihnen diesen Link geschickt hat.',
  changeDetails: 'Andere Angaben senden',

  template: 'Formular zum Ausfüllen:',
  documentType: 'Art des Dokuments',
  file: 'Datei',
  fileOfType: (types) => `Erlaubt: ${types}.`,
  fileOfSize: (size) => `Höchstens ${size}.`,
  upload: 'Dieses Dokument senden',
  replace: 'Stattdessen eine andere Datei senden',
  sending: 'Wird gesendet …',
  notSent: 'Das konnte nicht gesendet werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',

  send: 'Prüfen und senden',
  sendHint: 'Sendet Ihre Angaben und jede Datei, die Sie ausgewählt haben.',
  sendAnyway: 'Trotzdem senden',
  sendAnywayHint:
    'Wenn eine Prüfung sich irrt, können Sie Ihre Angaben so senden, wie sie sind. Dann entscheidet die Registrierungsstelle.',

  status: {
    needed: 'Fehlt noch',
    optional: 'Freiwillig',
    received: 'Eingegangen',
    checking: 'Eingegangen, wird geprüft',
    refused: 'Bitte korrigieren',
    failed: 'Bitte erneut senden',
  },
  said: {
    received: 'Eingegangen. Vielen Dank.',
    kept: 'Eingegangen. Es wird so bald wie möglich weitergegeben.',
    refused: 'Das wurde nicht angenommen. Bitte korrigieren Sie es und senden Sie es noch einmal.',
    superseded: 'Inzwischen sind neuere Angaben eingegangen. Sie gelten anstelle von diesen.',
    notSent:
      'Es wurde noch nichts gesendet. Bitte sehen Sie sich an, was markiert ist, oder wählen Sie „Trotzdem senden“.',
    sendAgain:
      'Die Datei ist angekommen, aber noch nicht registriert. Bitte senden Sie gleich noch einmal. Sie müssen die Datei nicht neu auswählen.',
    chooseAgain: 'Die Datei konnte nicht gespeichert werden. Bitte wählen Sie sie noch einmal aus und senden Sie sie.',
    empty: 'Die Datei ist leer. Bitte wählen Sie eine andere.',
    tooLarge: 'Die Datei ist zu groß. Bitte wählen Sie eine kleinere.',
    limit:
      'Für diese Rufnummer kann nichts mehr angenommen werden. Bitte wenden Sie sich an das Unternehmen, das Ihnen diesen Link geschickt hat.',
    tryAgain:
      'Ihre Angaben konnten gerade nicht weitergegeben werden. Sie sind noch da: Bitte senden Sie sie gleich noch einmal.',
  },
  faults: {
    required: 'Bitte füllen Sie das aus.',
    type: 'Bitte prüfen Sie, welche Art von Angabe hier erwartet wird.',
    enum: 'Bitte wählen Sie aus der Liste.',
    minLength: 'Das ist zu kurz.',
    maxLength: 'Das ist zu lang.',
    pattern: 'Das hat nicht die erwartete Form.',
  },
  problems: (count) =>
    count === 1 ? 'Eine Stelle braucht Ihre Aufmerksamkeit' : `${count} Stellen brauchen Ihre Aufmerksamkeit`,
  problemsHint: 'Ihre Angaben sind noch da. Korrigieren Sie, was hier steht, und senden Sie noch einmal.',
  adviceHint:
    'Es wurde noch nichts gesendet. Wenn Sie sicher sind, dass Ihre Angaben stimmen, wählen Sie „Trotzdem senden“.',
  reviewers: 'Die Prüfer haben eine Bitte',
  reviewersHint: 'Bitte senden Sie, was sie brauchen: korrigierte Angaben, ein Dokument oder beides.',

  phase: {
    preparing: {
      heading: 'Ihre Rufnummer wird gerade reserviert',
      text: 'Sie müssen noch nichts tun. Öffnen Sie diese Seite in einigen Minuten noch einmal.',
    },
    reviewing: {
      heading: 'Ihre Angaben werden geprüft',
      text: 'Sie müssen nichts tun. Die Prüfung kann einige Tage dauern. Falls etwas fehlt, werden Sie benachrichtigt.',
    },
    done: {
      heading: 'Ihre Rufnummer ist registriert',
      text: 'Sie müssen nichts mehr tun und können diese Seite schließen.',
    },
  },
  allReceived: {
    heading: 'Alles ist eingegangen',
    text: 'Vielen Dank. Sie können diese Seite schließen. Die Registrierung geht jetzt an die Prüfer.',
  },
  next: 'Wie es weitergeht',
  nextSteps: [
    'Sie senden Ihre Angaben und Dokumente. Stimmt etwas nicht, erfahren Sie es sofort.',
    'Die Registrierungsstelle prüft sie. Das kann einige Tage dauern.',
    'Haben die Prüfer eine Frage, werden Sie hier gefragt. Sonst wird Ihre Rufnummer freigeschaltet.',
  ],

  whoAsks: 'Wer danach fragt',
  controller: (name) => `Verantwortlich für Ihre Daten: ${name}.`,
  privacyNotice: 'Datenschutzhinweise',
  back: (host) => `Zurück zu ${host}`,

  open: {
    heading: 'Ihre Rufnummer registrieren',
    text: (asker) =>
      `${asker} hat Ihnen diese Seite geschickt, um die Angaben zu erfragen, die Ihre Rufnummer braucht.`,
    button: 'Weiter',
  },
  badLink: {
    heading: 'Dieser Link funktioniert nicht',
    text: 'Er ist vielleicht abgelaufen oder unvollständig, oder sein Zweck ist schon erledigt.',
    whatToDo:
      'Versuchen Sie den Link aus Ihrer neuesten Nachricht, oder bitten Sie das Unternehmen, das ihn geschickt hat, um einen neuen.',
  },
  trouble: {
    heading: 'Das geht im Augenblick nicht',
    text: 'Was als eingegangen bestätigt wurde, ist nicht verloren. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  },
};
