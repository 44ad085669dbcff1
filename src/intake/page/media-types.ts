const NAMES: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'application/rtf': 'RTF',
  'application/msword': 'DOC',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.oasis.opendocument.text': 'ODT',
};

/** Media types for people, such as `PDF, JPEG`; undefined: any. */
export function typesInWords(types: readonly string[]): string | undefined {
  if (types.length === 0 || types.includes('*/*')) return undefined;
  const names = types.map(
    (type) => NAMES[type.toLowerCase()] ?? type.replace(/^(?:image|text|application)\//, '').toUpperCase(),
  );
  return [...new Set(names)].join(', ');
}

/** For `accept` of an input, which takes media types and file extensions; undefined: any, or an unknown one. */
export function acceptOf(types: readonly string[]): string | undefined {
  const accepted = types.map((type) => {
    if (/^[\w.+-]+\/[\w.+*-]+$/.test(type)) return type;
    return /^\.?[a-z\d]{1,8}$/i.test(type) ? `.${type.replace('.', '')}` : undefined;
  });
  return accepted.length > 0 && !accepted.includes(undefined) ? accepted.join(',') : undefined;
}
