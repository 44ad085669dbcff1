/** One answer of a form. Empty answers are left out. */
export type Value = string | number | boolean | (string | number | boolean)[];

/** The answers of one section, by the names of its fields. */
export type Answers = Record<string, Value>;

/** The answers of a form: `registration.data`, one entry for each rule of the requirements. */
export type RegistrationData = (Answers | Answers[])[];

/** The answers of a section, one object for each repetition; at least one. */
export function entriesOf(data: RegistrationData, section: number): Answers[] {
  const entry = data[section] ?? {};
  if (!Array.isArray(entry)) return [entry];
  return entry.length > 0 ? entry : [{}];
}
