export { formOf, type Choice, type Form, type FormField, type FormSection } from './form';
export type { JsonSchema } from './json-schema';
export { ORDERED_NUMBER_FIELD } from './read-rules';
