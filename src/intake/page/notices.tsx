import { entriesOf } from './data';
import { FaultText } from './field';
import type { PageModel } from './model';
import type { PlacedFaults } from './place-faults';
import { fieldId } from './section';
import { StatusMark } from './status-mark';
import { timeInWords } from './time';
import type { Words } from './words';

export function Message({ heading, text, good = false }: { heading: string; text: string; good?: boolean }) {
  return (
    <section class={good ? 'banner good' : 'banner'} role="status">
      <h2>{heading}</h2>
      <p>{text}</p>
    </section>
  );
}

export function Reviewers({ words, model }: { words: Words; model: PageModel }) {
  return (
    <section class="banner wanted" aria-labelledby="reviewers">
      <h2 id="reviewers">{words.reviewers}</h2>
      {model.reviewersAsk.map(({ message, createTime }) => (
        <figure>
          <blockquote lang="en">{message}</blockquote>
          <figcaption class="hint">
            <time datetime={createTime} data-local>
              {timeInWords(words.locale, createTime)}
            </time>
          </figcaption>
        </figure>
      ))}
      <p>{words.reviewersHint}</p>
    </section>
  );
}

/** All faults of the details, each with a link to its input. */
export function Problems({ words, model, faults }: { words: Words; model: PageModel; faults: PlacedFaults }) {
  const { form, details } = model;
  if (details.faults.length === 0 && details.reason === undefined) return null;
  const listed = form.sections.flatMap(({ index, fields }) =>
    entriesOf(details.values, index).flatMap((_, entry) =>
      fields.flatMap(({ name, title }, position) =>
        faults.at(index, entry, name).map((fault) => ({ title, fault, id: fieldId(index, entry, position) })),
      ),
    ),
  );
  return (
    <section class="banner bad" role="alert" aria-labelledby="problems" tabindex={-1} data-focus>
      <h2 id="problems">{words.problems(Math.max(1, details.faults.length))}</h2>
      {details.reason !== undefined && <p lang="en">{details.reason}</p>}
      <ul>
        {listed.map(({ title, fault, id }) => (
          <li>
            <a href={`#${id}`} lang="en">
              {title}
            </a>
            : <FaultText words={words} fault={fault} />
          </li>
        ))}
        {faults.elsewhere.map((fault) => (
          <li>
            <FaultText words={words} fault={fault} />
          </li>
        ))}
      </ul>
      <p>{details.said === 'notSent' ? words.adviceHint : words.problemsHint}</p>
    </section>
  );
}

export function Deadline({ words, model: { deadline } }: { words: Words; model: PageModel }) {
  if (deadline === undefined) return null;
  return (
    <p class="deadline" data-passed={words.deadlinePassed}>
      {words.deadline}{' '}
      <strong>
        <time datetime={deadline} data-local data-left>
          {timeInWords(words.locale, deadline)}
        </time>
      </strong>
    </p>
  );
}

export function Overview({ words, model: { details, documents } }: { words: Words; model: PageModel }) {
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{words.overview}</h2>
      <ul class="overview">
        {details.status && (
          <li>
            <a href="#details">{words.details}</a>
            <StatusMark words={words} status={details.status} />
          </li>
        )}
        {documents.map(({ asked, status }, position) => (
          <li>
            <a href={`#d-${position}`} lang="en">
              {asked.title ?? asked.id}
            </a>
            <StatusMark words={words} status={status} />
          </li>
        ))}
      </ul>
    </section>
  );
}
