export { formOf, type Choice, type Form, type FormField, type FormSection } from './form';
export type { JsonSchema } from './json-schema';
