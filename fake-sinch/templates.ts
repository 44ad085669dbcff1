/** One field that a template asks for, whichever form the template has. */
export interface TemplateField {
  name: string;
  required: boolean;
  /** What the template says of the field: `type`, `minLength`, `maxLength`, `pattern`, `enum`. */
  rules: Record<string, unknown>;
}

/**
 * The fields of a template. Sinch's schema of templates is public nowhere, so that the fake reads every form that Sinch's
 * public texts suggest: a list of `properties` with the names inside (or the list alone), `properties` by name with a list
 * of the required ones as in JSON Schema, and a plain map of names. Anything else asks for nothing.
 */
export function fieldsOf(template: unknown): TemplateField[] {
  if (Array.isArray(template)) return listed(template);
  if (!isRecord(template)) return [];
  const { properties, required } = template;
  if (Array.isArray(properties)) return listed(properties);
  if (isRecord(properties)) return named(properties, Array.isArray(required) ? required : []);
  return named(template, []);
}

function listed(entries: unknown[]): TemplateField[] {
  return entries.flatMap((entry) =>
    isRecord(entry) && typeof entry.name === 'string' ? named({ [entry.name]: entry }, []) : [],
  );
}

function named(entries: Record<string, unknown>, required: unknown[]): TemplateField[] {
  return Object.entries(entries).flatMap(([name, rules]) =>
    isRecord(rules) ? [{ name, required: rules.required === true || required.includes(name), rules }] : [],
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
