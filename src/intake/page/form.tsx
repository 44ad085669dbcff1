import { Document, SEND_DOCUMENTS } from './document';
import { ORDERED_NUMBER_INPUT } from './input-names';
import type { PageModel } from './model';
import type { PlacedFaults } from './place-faults';
import { Said } from './said';
import { Section } from './section';
import { StatusMark } from './status-mark';
import type { Words } from './words';

/** The buttons that send the details: with checks, and without. @public */
export const SEND = 'send';
/** @public */
export const SEND_ANYWAY = 'anyway';

/** One form for everything: whichever part is sent, all other input comes back with the response. */
export function Form({ words, model, faults }: { words: Words; model: PageModel; faults: PlacedFaults }) {
  const { action, details, documents, numbers } = model;
  const {
    faults: { required, minLength, maxLength, pattern },
  } = words;
  const texts = { required, minLength, maxLength, pattern, sending: words.sending, notSent: words.notSent };
  const files = { empty: words.said.empty, tooLarge: words.said.tooLarge };
  return (
    <form
      method="post"
      action={action}
      enctype="multipart/form-data"
      data-texts={JSON.stringify({ ...texts, ...files })}
    >
      {/* Enter presses the first button. */}
      <button class="unseen" name="do" value={details.open ? SEND : SEND_DOCUMENTS} tabindex={-1} aria-hidden="true">
        {words.send}
      </button>
      <input type="hidden" name={ORDERED_NUMBER_INPUT} value={numbers.join(', ')} />
      {details.status && <DetailsPart words={words} model={model} faults={faults} />}
      {documents.length > 0 && (
        <section aria-labelledby="documents">
          <h2 id="documents">{words.documents}</h2>
          <p class="hint">{words.documentsAsked}</p>
          {documents.map((document, position) => (
            <Document words={words} document={document} position={position} />
          ))}
        </section>
      )}
      {details.open && details.status && model.form.sections.length > 0 && (
        <div class="send">
          <button class="first" name="do" value={SEND}>
            {words.send}
          </button>
          <p class="hint">{words.sendHint}</p>
          <div class="anyway">
            <p class="hint" id="anyway">
              {words.sendAnywayHint}
            </p>
            <button class="quiet" name="do" value={SEND_ANYWAY} formnovalidate aria-describedby="anyway">
              {words.sendAnyway}
            </button>
          </div>
        </div>
      )}
      <p class="progress" role="status" hidden>
        <progress max="1" aria-label={words.sending}></progress> <span></span>
      </p>
    </form>
  );
}

function DetailsPart({ words, model, faults }: { words: Words; model: PageModel; faults: PlacedFaults }) {
  const { details, form, numbers } = model;
  if (!details.status) return null;
  return (
    <section aria-labelledby="details">
      <div class="head">
        <h2 id="details" tabindex={-1}>
          {words.details}
        </h2>
        <StatusMark words={words} status={details.status} />
      </div>
      {details.said && details.said !== 'notSent' && <Said words={words} said={details.said} />}
      {form.sections.length === 0 ? (
        <p>{words.unreadable}</p>
      ) : details.open ? (
        <>
          <p class="hint">{words.detailsAsked}</p>
          {form.sections.map((section, position) => (
            <Section
              words={words}
              section={section}
              values={details.values}
              faults={faults}
              orderedNumbers={numbers}
              position={position}
              parts={form.sections.length}
            />
          ))}
        </>
      ) : (
        <p>
          <a href={`?details&language=${model.language}`}>{words.changeDetails}</a>
        </p>
      )}
    </section>
  );
}
