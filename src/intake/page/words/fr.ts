import type { Words } from './words';

export const fr: Words = {
  tag: 'fr',
  locale: 'fr',
  name: 'Français',
  languages: 'Langue',
  skip: 'Aller au formulaire',

  heading: 'Enregistrer votre numéro de téléphone',
  asks: (asker, numbers) =>
    numbers === 1
      ? `${asker} a réservé ce numéro pour vous et a besoin de quelques informations pour l’enregistrer :`
      : `${asker} a réservé ces numéros pour vous et a besoin de quelques informations pour les enregistrer :`,
  why: 'Le régulateur du pays veut savoir qui utilise un numéro. Celui-ci n’est vendu qu’une fois ces informations vérifiées.',
  deadline: 'Merci de tout envoyer avant le',
  deadlinePassed: 'Le délai est écoulé.',

  overview: 'Ce qu’il nous faut',
  details: 'Vos informations',
  detailsAsked: 'Les questions sont en anglais, comme dans le formulaire de l’organisme d’enregistrement.',
  documents: 'Documents',
  documentsAsked:
    'Choisissez un fichier pour chaque document. Vous pouvez les envoyer un par un et revenir plus tard pour la suite.',
  required: 'obligatoire',
  optional: 'facultatif',
  example: 'Exemple :',
  error: 'Erreur :',
  choose: 'Veuillez choisir',
  yes: 'Oui',
  no: 'Non',
  noAnswer: 'Sans réponse',
  onePerLine: 'Une réponse par ligne.',
  orderedNumber: (numbers) =>
    numbers === 1
      ? 'C’est votre numéro réservé. Laissez-le tel quel, sauf indication contraire.'
      : 'Ce sont vos numéros réservés. Laissez-les tels quels : chacun est enregistré avec ces réponses.',
  part: (position, parts) => `Partie ${position} sur ${parts}`,
  entry: (position) => `Élément ${position}`,
  add: 'Ajouter un élément',
  remove: (position) => `Supprimer l’élément ${position}`,
  unreadable:
    'Les questions correspondantes ne peuvent pas être affichées ici. Contactez l’entreprise qui vous a envoyé ce lien.',
  changeDetails: 'Envoyer d’autres informations',

  template: 'Formulaire à remplir :',
  documentType: 'Type de document',
  file: 'Fichier',
  fileOfType: (types) => `Formats acceptés : ${types}.`,
  fileOfSize: (size) => `${size} au maximum.`,
  upload: 'Envoyer ce document',
  replace: 'Envoyer un autre fichier',
  sending: 'Envoi en cours…',
  notSent: 'L’envoi a échoué. Vérifiez votre connexion et réessayez.',

  send: 'Vérifier et envoyer',
  sendHint: 'Envoie vos informations et tous les fichiers que vous avez choisis.',
  sendAnyway: 'Envoyer quand même',
  sendAnywayHint:
    'Si une vérification se trompe, vous pouvez envoyer vos informations telles quelles. L’organisme décidera.',

  status: {
    needed: 'À fournir',
    optional: 'Facultatif',
    received: 'Reçu',
    checking: 'Reçu, en cours de vérification',
    refused: 'À corriger',
    failed: 'À renvoyer',
  },
  said: {
    received: 'Bien reçu. Merci.',
    kept: 'Bien reçu. Nous transmettrons dès que possible.',
    refused: 'Cet envoi n’a pas été accepté. Veuillez le corriger et le renvoyer.',
    superseded: 'Des informations plus récentes sont arrivées entre-temps et remplacent celles-ci.',
    notSent: 'Rien n’a encore été envoyé. Vérifiez ce qui est signalé, ou choisissez « Envoyer quand même ».',
    sendAgain:
      'Le fichier est arrivé mais n’est pas encore enregistré. Renvoyez-le dans un instant, sans le choisir à nouveau.',
    chooseAgain: 'Le fichier n’a pas pu être stocké. Veuillez le choisir à nouveau et l’envoyer.',
    empty: 'Le fichier est vide. Veuillez en choisir un autre.',
    tooLarge: 'Le fichier est trop volumineux. Veuillez en choisir un plus petit.',
    limit: 'Plus rien ne peut être accepté pour ce numéro. Contactez l’entreprise qui vous a envoyé ce lien.',
    tryAgain:
      'Vos informations n’ont pas pu être transmises. Elles sont toujours là : veuillez les renvoyer dans un instant.',
  },
  faults: {
    required: 'Veuillez remplir ce champ.',
    type: 'Vérifiez le type de valeur attendu ici.',
    enum: 'Veuillez choisir dans la liste.',
    minLength: 'C’est trop court.',
    maxLength: 'C’est trop long.',
    pattern: 'Le format n’est pas celui attendu.',
  },
  problems: (count) => (count === 1 ? 'Un point demande votre attention' : `${count} points demandent votre attention`),
  problemsHint: 'Vos réponses sont conservées. Corrigez ce qui est indiqué et renvoyez.',
  adviceHint: 'Rien n’a encore été envoyé. Si vous êtes sûr de vos réponses, choisissez « Envoyer quand même ».',
  reviewers: 'Les vérificateurs ont une demande',
  reviewersHint: 'Veuillez envoyer ce qu’ils demandent : des informations corrigées, un document, ou les deux.',

  phase: {
    preparing: {
      heading: 'Votre numéro est en cours de réservation',
      text: 'Vous n’avez rien à faire pour l’instant. Rouvrez cette page dans quelques minutes.',
    },
    reviewing: {
      heading: 'Vos informations sont en cours de vérification',
      text: 'Vous n’avez rien à faire. La vérification peut prendre quelques jours. S’il manque quelque chose, vous serez prévenu.',
    },
    done: {
      heading: 'Votre numéro est enregistré',
      text: 'Vous n’avez plus rien à faire. Vous pouvez fermer cette page.',
    },
  },
  allReceived: {
    heading: 'Tout est bien arrivé',
    text: 'Merci. Vous pouvez fermer cette page. Le dossier est maintenant transmis aux vérificateurs.',
  },
  next: 'La suite',
  nextSteps: [
    'Vous envoyez vos informations et vos documents. Si quelque chose ne va pas, vous le savez tout de suite.',
    'L’organisme d’enregistrement les vérifie. Cela peut prendre quelques jours.',
    'Si les vérificateurs ont une question, elle vous est posée ici. Sinon, votre numéro est activé.',
  ],

  whoAsks: 'Qui vous le demande',
  controller: (name) => `Responsable du traitement de vos données : ${name}.`,
  privacyNotice: 'Politique de confidentialité',
  back: (host) => `Retour à ${host}`,

  open: {
    heading: 'Enregistrer votre numéro de téléphone',
    text: (asker) => `${asker} vous a envoyé cette page pour recueillir les informations nécessaires à votre numéro.`,
    button: 'Continuer',
  },
  badLink: {
    heading: 'Ce lien ne fonctionne pas',
    text: 'Il a peut-être expiré, il est incomplet, ou la démarche est déjà terminée.',
    whatToDo:
      'Essayez le lien de votre message le plus récent, ou demandez-en un nouveau à l’entreprise qui vous l’a envoyé.',
  },
  trouble: {
    heading: 'Cela ne fonctionne pas pour le moment',
    text: 'Rien de ce qui a été confirmé comme reçu n’est perdu. Réessayez dans quelques minutes.',
  },
};
