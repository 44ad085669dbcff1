// Progressive enhancement. Without it everything works: the browser checks, sends, and shows the server's answer.
'use strict';

(() => {
  const language = document.documentElement.lang;
  // The reader's own locale, such as Australian English.
  const locale = navigator.languages.find((each) => each.split('-')[0] === language) ?? language;

  // ------------------------------------------------------------------------------------------- times, in the reader's zone

  const UNITS = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ];

  function showTimes() {
    for (const time of document.querySelectorAll('time[data-local]')) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.textContent = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);
      if ('left' in time.dataset) showTimeLeft(time, at - Date.now());
    }
  }

  function showTimeLeft(time, left) {
    const deadline = time.closest('.deadline');
    let words = deadline.querySelector('.left');
    if (!words) {
      words = document.createElement('span');
      words.className = 'left';
      deadline.append(' ', words);
    }
    const [unit, length] = UNITS.find(([, each]) => left >= 2 * each) ?? UNITS[2];
    const inWords = new Intl.RelativeTimeFormat(locale).format(Math.max(0, Math.floor(left / length)), unit);
    words.textContent = left > 0 ? `(${inWords})` : deadline.dataset.passed;
    deadline.classList.toggle('soon', left < 2 * 3_600_000);
  }

  // ----------------------------------------------------------------------------------- fields that are checked when left

  const texts = () => JSON.parse(document.querySelector('form[data-texts]').dataset.texts);

  /** What is wrong with an input, in Sinch's words or the page's; empty: nothing. */
  function faultOf(input) {
    const { validity, dataset } = input;
    const tooLong = Number(dataset.most) > 0 && [...input.value].length > Number(dataset.most);
    const broken =
      (validity.valueMissing && 'required') ||
      (validity.tooShort && 'minLength') ||
      (tooLong && 'maxLength') ||
      (!validity.valid && 'pattern');
    if (!broken) return '';
    const words = JSON.parse(dataset.messages ?? '{}');
    return words[broken] ?? words.default ?? texts()[broken];
  }

  function answer(input) {
    const field = input.closest('.field');
    const error = field?.querySelector('.error');
    if (!error || input.type === 'file') return '';
    const fault = faultOf(input);
    show(error, fault, JSON.parse(input.dataset.messages ?? '{}'));
    field.classList.toggle('wrong', fault !== '');
    for (const each of field.querySelectorAll('input, select, textarea')) {
      if (fault) each.setAttribute('aria-invalid', 'true');
      else each.removeAttribute('aria-invalid');
    }
    return fault;
  }

  function show(error, fault, sinchs = {}) {
    error.hidden = fault === '';
    error.textContent = fault;
    error.lang = Object.values(sinchs).includes(fault) ? 'en' : language;
  }

  document.addEventListener('focusout', ({ target }) => {
    // A field that was only passed through has not been answered yet.
    if (target.matches?.('.field :is(input, select, textarea)') && (target.value || target.closest('.wrong')))
      answer(target);
  });

  document.addEventListener('change', ({ target }) => {
    if (target.type !== 'file') return;
    const [file] = target.files;
    const error = target.closest('.field').querySelector('[data-file-error]');
    const most = Number(target.dataset.mostBytes) || Infinity;
    const { empty, tooLarge } = texts();
    show(error, file?.size === 0 ? empty : file?.size > most ? tooLarge : '');
    if (!error.hidden) target.value = '';
  });

  // ---------------------------------------------------------------------------------------------------- sending, with progress

  let sending = false;

  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('form[data-texts]')) return;
    event.preventDefault();
    if (sending) return;
    if (!submitter?.formNoValidate) {
      const wrong = [...form.elements].filter((input) => answer(input) !== '');
      if (wrong.length > 0) return wrong[0].focus();
    }
    send(form, submitter);
  });

  function send(form, submitter) {
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('accept', 'text/html');
    const progress = form.querySelector('.progress');
    busy(form, progress, true);
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) progress.firstElementChild.value = loaded / total;
      // The rest of the time is the server's.
      if (loaded === total) progress.firstElementChild.removeAttribute('value');
    });
    request.addEventListener('load', () => {
      const main = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('main');
      busy(form, progress, false);
      // A response without the form would discard the input.
      const isTrouble = request.status >= 400 && request.status !== 404 && !main?.querySelector('form');
      if (!main || isTrouble) return failed(progress);
      document.querySelector('main').replaceWith(main);
      if (request.responseURL) history.replaceState(null, '', request.responseURL);
      begin();
      const where = main.querySelector('[data-focus], .said') ?? main;
      const target = where.closest('[tabindex]') ?? main;
      target.focus({ preventScroll: true });
      where.scrollIntoView({ block: where === main ? 'start' : 'center' });
    });
    request.addEventListener('error', () => {
      busy(form, progress, false);
      failed(progress);
    });
    request.send(body);
  }

  function busy(form, progress, isBusy) {
    sending = isBusy;
    progress.hidden = !isBusy;
    progress.classList.remove('failed');
    progress.lastElementChild.textContent = isBusy ? texts().sending : '';
    for (const button of form.querySelectorAll('button')) {
      if (isBusy) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }

  function failed(progress) {
    progress.hidden = false;
    progress.classList.add('failed');
    progress.lastElementChild.textContent = texts().notSent;
  }

  // -------------------------------------------------------------------------------------------------------------------- begin

  function begin() {
    // The fields show their own messages in the page's language; the browser would use its own.
    for (const form of document.querySelectorAll('form[data-texts]')) form.noValidate = true;
    showTimes();
  }

  begin();
  setInterval(showTimes, 30_000);
})();
