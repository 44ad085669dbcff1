import type { DocumentAsked } from './model';
import { acceptOf, typesInWords } from './media-types';
import { Said } from './said';
import { StatusMark } from './status-mark';
import { sizeInWords } from './time';
import type { Words } from './words';

/** The inputs of a document: its file, its type, and the receipt of a file that is stored already. @public */
export const documentInputs = {
  file: (id: string) => `document.${id}`,
  type: (id: string) => `documentType.${id}`,
  receipt: (id: string) => `receipt.${id}`,
};

/** Sends only the chosen documents. */
export const SEND_DOCUMENTS = 'documents';

export function Document({ words, document, position }: { words: Words; document: DocumentAsked; position: number }) {
  const { asked, status, said, reasons, receipt } = document;
  const id = `d-${position}`;
  const title = asked.title ?? asked.id;
  const isWrong =
    said === 'refused' || said === 'empty' || said === 'tooLarge' || status === 'refused' || status === 'failed';
  return (
    <section class="card document" id={id} aria-labelledby={`${id}-title`} tabindex={-1}>
      <div class="head">
        <h3 id={`${id}-title`} lang="en">
          {title}
        </h3>
        <StatusMark words={words} status={status} />
      </div>
      {asked.description !== undefined && (
        <p class="hint" lang="en">
          {asked.description}
        </p>
      )}
      <Templates words={words} document={document} />
      {said && <Said words={words} said={said} />}
      {reasons.map((reason) => (
        <p class="error" lang="en">
          {reason}
        </p>
      ))}
      {receipt !== undefined && <input type="hidden" name={documentInputs.receipt(asked.id)} value={receipt} />}
      {status === 'received' || status === 'checking' ? (
        <details class="again">
          <summary>{words.replace}</summary>
          <FileInputs words={words} document={document} id={id} title={title} invalid={isWrong} />
        </details>
      ) : (
        <FileInputs words={words} document={document} id={id} title={title} invalid={isWrong} />
      )}
    </section>
  );
}

function Templates({ words, document }: { words: Words; document: DocumentAsked }) {
  // Another scheme could be a script.
  const templates = document.asked.template.filter(({ url }) => /^https?:\/\//i.test(url));
  if (templates.length === 0) return null;
  return (
    <p class="templates">
      {words.template}{' '}
      {templates.map(({ name, url }, index) => (
        <>
          {index > 0 && ', '}
          <a href={url} lang="en" target="_blank" rel="noopener noreferrer">
            {name}
          </a>
        </>
      ))}
    </p>
  );
}

interface FileInputsProps {
  words: Words;
  document: DocumentAsked;
  id: string;
  title: string;
  invalid: boolean;
}

function FileInputs({ words, document: { asked, documentType, maxBytes }, id, title, invalid }: FileInputsProps) {
  const { allowedMimeTypes, allowedDocumentTypes } = asked;
  const types = typesInWords(allowedMimeTypes);
  const bounds = [
    ...(types === undefined ? [] : [words.fileOfType(types)]),
    ...(maxBytes === undefined ? [] : [words.fileOfSize(sizeInWords(words.locale, maxBytes))]),
  ];
  return (
    <div class="fields">
      {allowedDocumentTypes.length > 0 && (
        <div class="field">
          <label for={`${id}-type`}>{words.documentType}</label>
          <select id={`${id}-type`} name={documentInputs.type(asked.id)}>
            <option value="">{words.choose}</option>
            {allowedDocumentTypes.map((type) => (
              <option value={type} selected={type === documentType} lang="en">
                {type}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="field">
        <label for={`${id}-file`}>
          {words.file}{' '}
          <span class="unseen" lang="en">
            {title}
          </span>
        </label>
        <input
          type="file"
          id={`${id}-file`}
          name={documentInputs.file(asked.id)}
          accept={acceptOf(allowedMimeTypes)}
          aria-describedby={`${id}-bounds`}
          {...(invalid && { 'aria-invalid': 'true' as const })}
          data-most-bytes={maxBytes}
        />
        <p class="hint" id={`${id}-bounds`}>
          {bounds.join(' ')}
        </p>
        <p class="error" data-file-error hidden></p>
      </div>
      <button class="second" name="do" value={SEND_DOCUMENTS} formnovalidate aria-describedby={`${id}-title`}>
        {words.upload}
      </button>
    </div>
  );
}
