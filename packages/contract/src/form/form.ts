import type { ViewRequirements } from '../view';
import { sectionsIn } from './read-rules';
import { schemaOf, type JsonSchema } from './json-schema';

/** The choices of a field, as Sinch lists them. */
export type Choice = string | number | boolean;

/** One field of a form. Sinch's texts are English. */
export interface FormField {
  /** The key of the answer. */
  name: string;
  /** Sinch's title, or the name in words. */
  title: string;
  description?: string;
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  required: boolean;
  /** Characters. */
  minLength?: number;
  maxLength?: number;
  /** A JavaScript pattern, not anchored; left out if Sinch's has another dialect, or could run forever. */
  pattern?: string;
  /** The only allowed values. For a boolean `[true]`: a box that must be ticked. */
  choices?: Choice[];
  examples?: string[];
  placeholder?: string;
  /** Sinch's messages for a wrong value, by the violated keyword (`pattern`, `maxLength`, …); `default` for any. */
  messages?: Record<string, string>;
}

/** The fields of one entry of `registration.data`, in the order to show them. */
export interface FormSection {
  /** The index of its entry in `data`. */
  index: number;
  title?: string;
  description?: string;
  /** The answer is a list with one object for each ordered number (or sender). */
  repeats: boolean;
  fields: FormField[];
}

/** A registration's requirements, ready to be shown. */
export interface Form {
  /** Sections without a readable field are left out. Empty: nothing is known about the registration. */
  sections: FormSection[];
  /** JSON Schema, draft 2020-12, of `registration.data`. It only describes: Sinch's answer decides. */
  schema: JsonSchema;
}

/**
 * Turns looked-up requirements into a form. Sinch does not document their language: all known forms of templates of this API and
 * of its sibling, Sender ID Registrations, are read, and everything else is skipped. Never throws, and is bounded for
 * requirements of any size and shape. Light enough for workflow code.
 *
 * @param requirements `null`: no KYC is needed
 */
export function formOf(requirements: ViewRequirements | null): Form {
  const sections = requirements ? sectionsIn(requirements.fields) : [];
  return { sections, schema: schemaOf(sections) };
}
