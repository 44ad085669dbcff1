import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Frame } from './model';
import { LANGUAGES, type Words } from './words';

interface LayoutProps extends Frame {
  /** The window's title: names no number and no person. */
  title: string;
  /** The script's texts, if there is something to fill in. */
  children: Child;
}

/** The document around every page. */
export function layout({ language, look, assets, title, children }: LayoutProps): string {
  const words: Words = LANGUAGES[language];
  const page = (
    <html lang={words.tag}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${look.name}`}</title>
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer></script>
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <header class="top">
          <div class="wide">
            <p class="brand">
              {look.logo !== undefined && <img src={look.logo} alt="" />}
              <span>{look.name}</span>
            </p>
            <Languages words={words} />
          </div>
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <footer class="bottom">
          <div class="wide">
            <WhoAsks words={words} look={look} />
          </div>
        </footer>
      </body>
    </html>
  ) as HtmlEscapedString;
  return `<!doctype html>\n${page}`;
}

function Languages({ words }: { words: Words }) {
  return (
    <nav class="languages" aria-label={words.languages}>
      <ul>
        {Object.values(LANGUAGES).map(({ tag, name }) => (
          <li>
            <a
              href={`?language=${tag}`}
              lang={tag}
              hreflang={tag}
              {...(tag === words.tag && { 'aria-current': 'true' as const })}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function WhoAsks({ words, look: { name, controller, privacyNotice } }: { words: Words; look: Frame['look'] }) {
  return (
    <section aria-labelledby="who-asks">
      <h2 id="who-asks">{words.whoAsks}</h2>
      <p>
        {words.controller(controller ?? name)}{' '}
        {privacyNotice !== undefined && (
          <a href={privacyNotice} target="_blank" rel="noopener noreferrer">
            {words.privacyNotice}
          </a>
        )}
      </p>
    </section>
  );
}
