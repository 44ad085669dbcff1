import { Form } from './form';
import { layout } from './layout';
import type { PageModel } from './model';
import { Deadline, Message, Overview, Problems, Reviewers } from './notices';
import { placeFaults } from './place-faults';
import { LANGUAGES, type Status, type Words } from './words';

/** The page where a person enters what an order needs, as HTML. */
export function renderPage(model: PageModel): string {
  const words = LANGUAGES[model.language];
  return layout({ ...model, title: words.heading, children: <Content model={model} words={words} /> });
}

const DONE: readonly (Status | undefined)[] = [undefined, 'received', 'checking', 'optional'];

function isComplete({ details, documents }: PageModel): boolean {
  return DONE.includes(details.status) && documents.every(({ status }) => DONE.includes(status));
}

function Content({ model, words }: { model: PageModel; words: Words }) {
  const { phase, numbers, look, reviewersAsk, returnUrl } = model;
  const asks = phase === 'collecting' || phase === 'correcting';
  const faults = placeFaults(model.form, model.details.values, model.details.faults);
  return (
    <div class="column">
      <div class="intro">
        <h1>{words.heading}</h1>
        {numbers.length > 0 && (
          <>
            <p>{words.asks(look.name, numbers.length)}</p>
            <p class="numbers">
              {numbers.map((number) => (
                <span class="number">{number}</span>
              ))}
            </p>
          </>
        )}
        <p class="hint">{words.why}</p>
      </div>
      {!asks && <Message {...words.phase[phase]} />}
      {reviewersAsk.length > 0 && <Reviewers words={words} model={model} />}
      {asks && isComplete(model) && phase === 'collecting' && <Message {...words.allReceived} good />}
      {asks && <Problems words={words} model={model} faults={faults} />}
      {asks && !isComplete(model) && <Deadline words={words} model={model} />}
      {asks && <Overview words={words} model={model} />}
      {asks && <Form words={words} model={model} faults={faults} />}
      {phase === 'collecting' && (
        <section aria-labelledby="next">
          <h2 id="next">{words.next}</h2>
          <ol class="steps">
            {words.nextSteps.slice(isComplete(model) ? 1 : 0).map((step) => (
              <li>{step}</li>
            ))}
          </ol>
        </section>
      )}
      {returnUrl !== undefined && (
        <p>
          <a href={returnUrl} rel="noreferrer">
            {words.back(new URL(returnUrl).host)}
          </a>
        </p>
      )}
    </div>
  );
}
