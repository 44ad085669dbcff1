import {
  formOf,
  type FormField,
  type FormSection,
  type RequiredAttachment,
  type ViewRequirements,
} from '@number-orders/contract';
import { characters } from '../requirements/check-value';

/** What a regulator demands, for a person to read. */
export function renderRequirements(requirements: ViewRequirements): string[] {
  const { sections } = formOf(requirements);
  const { attachments } = requirements;
  return [
    ...(sections.length > 0 ? ['Registration: data is a list with an entry for each section.'] : []),
    ...sections.flatMap(renderSection),
    ...(attachments.length > 0 ? ['', 'Documents'] : []),
    ...attachments.flatMap(renderDocument),
    ...(sections.length + attachments.length === 0 ? ['Nothing that can be read; see --json.'] : []),
  ];
}

function renderSection({ index, title = `Section ${index + 1}`, description, repeats, fields }: FormSection): string[] {
  const place = `data[${index}]${repeats ? ', a list: one object for each number' : ''}`;
  return ['', `${title} (${place})`, ...indented(2, description), ...fields.flatMap(renderField)];
}

function renderField(field: FormField): string[] {
  const { name, title, description, required, placeholder } = field;
  const facts = [required ? 'required' : 'optional', ...bounds(field)].join('; ');
  return [`  ${name}: ${title} (${facts})`, ...indented(4, description), ...indented(4, placeholder)];
}

function bounds({ type, choices, minLength, maxLength, pattern, examples }: FormField): string[] {
  return [
    ...(choices ? [`${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`] : type === 'string' ? [] : [type]),
    ...(minLength === undefined ? [] : [`at least ${characters(minLength)}`]),
    ...(maxLength === undefined ? [] : [`at most ${characters(maxLength)}`]),
    ...(examples ? [`such as ${examples.join(', ')}`] : []),
    ...(pattern === undefined || examples ? [] : [`pattern ${pattern}`]),
  ];
}

function renderDocument({ id, title = id, description, mandatory, ...allowed }: RequiredAttachment): string[] {
  const facts = [
    mandatory ? 'required' : 'optional',
    ...(allowed.allowedMimeTypes.length > 0 ? [allowed.allowedMimeTypes.join(', ')] : []),
    ...(allowed.allowedDocumentTypes.length > 0 ? [`one of ${allowed.allowedDocumentTypes.join(', ')}`] : []),
  ];
  return [
    `  ${id}: ${title} (${facts.join('; ')})`,
    ...indented(4, description),
    ...allowed.template.map(({ name, url }) => `    Template ${name}: ${url}`),
  ];
}

function indented(spaces: number, text: string | undefined): string[] {
  return text === undefined ? [] : text.split('\n').map((line) => ' '.repeat(spaces) + line);
}
