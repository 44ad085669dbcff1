import type { Words } from './words';

export const es: Words = {
  tag: 'es',
  locale: 'es',
  name: 'Español',
  languages: 'Idioma',
  skip: 'Ir al formulario',

  heading: 'Registre su número de teléfono',
  asks: (asker, numbers) =>
    numbers === 1
      ? `${asker} ha reservado este número para usted y necesita algunos datos para registrarlo:`
      : `${asker} ha reservado estos números para usted y necesita algunos datos para registrarlos:`,
  why: 'El regulador del país quiere saber quién usa un número. Solo se vende cuando estos datos se han comprobado.',
  deadline: 'Envíelo todo antes del',
  deadlinePassed: 'El plazo ha terminado.',

  overview: 'Qué se necesita',
  details: 'Sus datos',
  detailsAsked: 'Las preguntas están en inglés, como en el formulario del organismo de registro.',
  documents: 'Documentos',
  documentsAsked: 'Elija un archivo para cada documento. Puede enviarlos uno a uno y volver más tarde para el resto.',
  required: 'obligatorio',
  optional: 'opcional',
  example: 'Ejemplo:',
  error: 'Error:',
  choose: 'Elija una opción',
  yes: 'Sí',
  no: 'No',
  noAnswer: 'Sin respuesta',
  onePerLine: 'Uno por línea.',
  orderedNumber: (numbers) =>
    numbers === 1
      ? 'Este es su número reservado. Déjelo como está, salvo que le hayan indicado otra cosa.'
      : 'Estos son sus números reservados. Déjelos como están: cada uno se registra con estas respuestas.',
  part: (position, parts) => `Parte ${position} de ${parts}`,
  entry: (position) => `Elemento ${position}`,
  add: 'Añadir otro elemento',
  remove: (position) => `Quitar el elemento ${position}`,
  unreadable:
    'Las preguntas sobre estos datos no se pueden mostrar aquí. Contacte con la empresa que le envió este enlace.',
  changeDetails: 'Enviar otros datos',

  template: 'Formulario para rellenar:',
  documentType: 'Tipo de documento',
  file: 'Archivo',
  fileOfType: (types) => `Formatos admitidos: ${types}.`,
  fileOfSize: (size) => `Hasta ${size}.`,
  upload: 'Enviar este documento',
  replace: 'Enviar otro archivo en su lugar',
  sending: 'Enviando…',
  notSent: 'No se ha podido enviar. Compruebe su conexión e inténtelo de nuevo.',

  send: 'Comprobar y enviar',
  sendHint: 'Envía sus datos y todos los archivos que ha elegido.',
  sendAnyway: 'Enviar de todos modos',
  sendAnywayHint: 'Si una comprobación se equivoca, puede enviar sus datos tal como están. El organismo decidirá.',

  status: {
    needed: 'Pendiente',
    optional: 'Opcional',
    received: 'Recibido',
    checking: 'Recibido, en comprobación',
    refused: 'Corríjalo',
    failed: 'Envíelo de nuevo',
  },
  said: {
    received: 'Recibido. Gracias.',
    kept: 'Recibido. Se transmitirá lo antes posible.',
    refused: 'No se ha aceptado. Corríjalo y envíelo de nuevo.',
    superseded: 'Mientras tanto han llegado datos más recientes, que sustituyen a estos.',
    notSent: 'Todavía no se ha enviado nada. Revise lo que está marcado o elija «Enviar de todos modos».',
    sendAgain:
      'El archivo ha llegado, pero aún no está registrado. Vuelva a enviar en un momento, sin elegirlo otra vez.',
    chooseAgain: 'El archivo no se ha podido guardar. Elíjalo de nuevo y envíelo.',
    empty: 'El archivo está vacío. Elija otro.',
    tooLarge: 'El archivo es demasiado grande. Elija uno más pequeño.',
    limit: 'No se puede aceptar nada más para este número. Contacte con la empresa que le envió este enlace.',
    tryAgain: 'Sus datos no se han podido transmitir ahora. Siguen aquí: envíelos de nuevo en un momento.',
  },
  faults: {
    required: 'Rellene este campo.',
    type: 'Compruebe qué tipo de valor se espera aquí.',
    enum: 'Elija una opción de la lista.',
    minLength: 'Es demasiado corto.',
    maxLength: 'Es demasiado largo.',
    pattern: 'No tiene la forma esperada.',
  },
  problems: (count) => (count === 1 ? 'Un punto requiere su atención' : `${count} puntos requieren su atención`),
  problemsHint: 'Sus respuestas siguen aquí. Corrija lo que se indica y envíe de nuevo.',
  adviceHint: 'Todavía no se ha enviado nada. Si está seguro de sus respuestas, elija «Enviar de todos modos».',
  reviewers: 'Los revisores tienen una petición',
  reviewersHint: 'Envíe lo que piden: datos corregidos, un documento o ambas cosas.',

  phase: {
    preparing: {
      heading: 'Su número se está reservando',
      text: 'Todavía no tiene que hacer nada. Abra esta página de nuevo dentro de unos minutos.',
    },
    reviewing: {
      heading: 'Sus datos se están revisando',
      text: 'No tiene que hacer nada. La revisión puede tardar algunos días. Si falta algo, se le avisará.',
    },
    done: { heading: 'Su número está registrado', text: 'No tiene que hacer nada más. Puede cerrar esta página.' },
  },
  allReceived: {
    heading: 'Se ha recibido todo',
    text: 'Gracias. Puede cerrar esta página. El registro se envía ahora a los revisores.',
  },
  next: 'Qué pasa después',
  nextSteps: [
    'Usted envía sus datos y documentos. Si algo no está bien, lo sabrá enseguida.',
    'El organismo de registro los revisa. Puede tardar algunos días.',
    'Si los revisores tienen una pregunta, se le hará aquí. Si no, su número se activa.',
  ],

  whoAsks: 'Quién lo pide',
  controller: (name) => `Responsable del tratamiento de sus datos: ${name}.`,
  privacyNotice: 'Aviso de privacidad',
  back: (host) => `Volver a ${host}`,

  open: {
    heading: 'Registre su número de teléfono',
    text: (asker) => `${asker} le ha enviado esta página para recoger los datos que su número necesita.`,
    button: 'Continuar',
  },
  badLink: {
    heading: 'Este enlace no funciona',
    text: 'Puede que haya caducado, que esté incompleto o que el trámite ya haya terminado.',
    whatToDo: 'Pruebe el enlace de su mensaje más reciente o pida uno nuevo a la empresa que se lo envió.',
  },
  trouble: {
    heading: 'Esto no funciona en este momento',
    text: 'No se ha perdido nada de lo que se confirmó como recibido. Inténtelo de nuevo dentro de unos minutos.',
  },
};
