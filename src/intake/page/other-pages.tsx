import { layout } from './layout';
import type { Frame } from './model';
import { LANGUAGES } from './words';

/** The first page of a link. Opening it changes nothing, as mail scanners open links too. */
export function renderOpenPage(frame: Frame, action: string): string {
  const { heading, text, button } = LANGUAGES[frame.language].open;
  return layout({
    ...frame,
    title: heading,
    children: (
      <div class="column">
        <div class="intro">
          <h1>{heading}</h1>
          <p>{text(frame.look.name)}</p>
        </div>
        <form method="post" action={action}>
          <button class="first">{button}</button>
        </form>
      </div>
    ),
  });
}

/** The same page for every invalid link: it does not tell why. */
export function renderBadLinkPage(frame: Frame): string {
  const { heading, text, whatToDo } = LANGUAGES[frame.language].badLink;
  return renderMessage(frame, heading, [text, whatToDo]);
}

/** A needed service does not answer. */
export function renderTroublePage(frame: Frame): string {
  const { heading, text } = LANGUAGES[frame.language].trouble;
  return renderMessage(frame, heading, [text]);
}

function renderMessage(frame: Frame, heading: string, texts: string[]): string {
  return layout({
    ...frame,
    title: heading,
    children: (
      <div class="column">
        <div class="intro">
          <h1>{heading}</h1>
          {texts.map((text) => (
            <p>{text}</p>
          ))}
        </div>
      </div>
    ),
  });
}
