import type { FormField, FormSection } from './form';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

export function schemaOf(sections: readonly FormSection[]): JsonSchema {
  const byIndex = new Map(sections.map((section) => [section.index, section]));
  const entries = Math.max(-1, ...byIndex.keys()) + 1;
  const prefixItems = Array.from({ length: entries }, (_, index) => {
    const section = byIndex.get(index);
    // An unreadable type allows any value.
    return section ? sectionSchema(section) : {};
  });
  const lastRequired = sections.findLast(({ fields }) => fields.some(({ required }) => required));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'array',
    ...(lastRequired && { minItems: lastRequired.index + 1 }),
    ...(prefixItems.length > 0 && { prefixItems }),
  };
}

function sectionSchema({ title, description, repeats, fields }: FormSection): JsonSchema {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const one: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    ...(required.length > 0 && { required }),
  };
  const texts = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
  return repeats ? { ...texts, type: 'array', items: one, minItems: 1 } : { ...texts, ...one };
}

function fieldSchema(field: FormField): JsonSchema {
  const { title, description, type, required, choices, examples, maxLength, pattern } = field;
  // An empty text does not count as an answer.
  const minLength = required ? Math.max(1, field.minLength ?? 1) : field.minLength;
  const length = type === 'string' ? { minLength, maxLength, pattern } : {};
  return {
    title,
    ...(description !== undefined && { description }),
    type,
    ...(choices && { enum: choices }),
    ...Object.fromEntries(Object.entries(length).filter(([, bound]) => bound !== undefined)),
    ...(examples && { examples }),
  };
}
