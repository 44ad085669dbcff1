import type { ViewRequirements } from '../view';
import { sectionsIn } from './read-rules';
import { schemaOf, type JsonSchema } from './json-schema';

/** What may be chosen: the values as Sinch lists them. */
export type Choice = string | number | boolean;

/** One field to be filled in. Sinch's texts are English. */
export interface FormField {
  /** The key of the answer. */
  name: string;
  /** Sinch's own, or the name in words. */
  title: string;
  description?: string;
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  required: boolean;
  /** Characters. */
  minLength?: number;
  maxLength?: number;
  /** Of JavaScript, not anchored; left out where Sinch's is of another dialect, or could take for ever. */
  pattern?: string;
  /** The only values allowed. Of a boolean `[true]` alone: a box that must be ticked. */
  choices?: Choice[];
  examples?: string[];
  placeholder?: string;
  /** Sinch's words for a wrong value, by the keyword that is broken (`pattern`, `maxLength`, …); `default` for any. */
  messages?: Record<string, string>;
}

/** The fields of one entry of `registration.data`, in the order to show them. */
export interface FormSection {
  /** The entry of `data` that answers it. */
  index: number;
  title?: string;
  description?: string;
  /** The answer is a list with one object for each ordered number (or sender). */
  repeats: boolean;
  fields: FormField[];
}

/** What a registration asks for, ready to be shown. */
export interface Form {
  /** Sections without a field that can be read are left out. Empty: nothing can be said of the registration. */
  sections: FormSection[];
  /** JSON Schema, draft 2020-12, of `registration.data`. It describes; what Sinch answers decides. */
  schema: JsonSchema;
}

/**
 * Turns looked-up requirements into a form. Sinch documents no language for them: every form of template that is known of
 * this API and of its sibling, Sender ID Registrations, is read, whatever else is in them is passed over. Never throws, and
 * is bounded however large or odd the requirements are. Light enough for workflow code.
 *
 * @param requirements `null`: no KYC is needed
 */
export function formOf(requirements: ViewRequirements | null): Form {
  const sections = requirements ? sectionsIn(requirements.fields) : [];
  return { sections, schema: schemaOf(sections) };
}
