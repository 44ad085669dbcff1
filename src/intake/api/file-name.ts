/**
 * The file name in a `Content-Disposition`, plain or in RFC 8187's form for other alphabets; undefined: there is none. If both
 * are present, the second form wins, as RFC 6266 says.
 */
export function fileNameIn(disposition: string | undefined): string | undefined {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition ?? '')?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return undefined;
    }
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '');
  // Headers arrive as Latin-1, but clients write UTF-8 into them.
  const text = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString('utf8');
}
