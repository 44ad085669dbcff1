/** Common spellings of media types of identity documents: file extensions, and obsolete names. */
const SPELLINGS: Record<string, string> = {
  pdf: 'application/pdf',
  'application/x-pdf': 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  png: 'image/png',
  'image/x-png': 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  'image/tif': 'image/tiff',
  txt: 'text/plain',
  rtf: 'application/rtf',
  'text/rtf': 'application/rtf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
};

/** Such as `; version=1.7`. */
const PARAMETERS = /\s*;\s*[\w-]+\s*=\s*("[^"]*"|[^\s;,]*)/g;

/**
 * Whether a hand-written list of allowed media types allows one. Empty: any. An unreadable entry could mean anything, so it
 * allows anything.
 */
export function allowsMediaType(allowed: readonly string[], offered: string): boolean {
  const wanted = standard(offered);
  const patterns = allowed
    .flatMap((text) => text.replace(PARAMETERS, '').split(/[,;|\s]+(?:(?:or|and)\s+)?/i))
    .filter((text) => text !== '');
  return patterns.length === 0 || patterns.map(standard).some((pattern) => allows(pattern, wanted));
}

function standard(text: string): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(PARAMETERS, '')
    .replace(/^\*?\./, '');
  return Object.hasOwn(SPELLINGS, plain) ? (SPELLINGS[plain] ?? plain) : plain;
}

function allows(pattern: string, wanted: string): boolean {
  if (!/^[\w.+-]+\/[\w.+*-]+$/.test(pattern)) return true;
  return pattern.endsWith('/*') ? wanted.startsWith(pattern.slice(0, -1)) : pattern === wanted;
}
