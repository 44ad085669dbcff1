const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What a terminal shows, under the title of its window, for a browser to take a picture of. */
export const terminalPage = (title: string, shown: string) => `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; padding: 16px; background: #fff; display: inline-block }
  pre { margin: 0; padding: 18px 24px; border-radius: 8px; background: #1e2127; color: #d7dae0;
        font: 15px/1.35 'DejaVu Sans Mono', 'Liberation Mono', monospace }
  b { display: block; margin-bottom: 12px; color: #8b919d; font-weight: normal }
</style>
<pre><b>${escaped(title)}</b>${escaped(shown.trimEnd())}</pre>`;
