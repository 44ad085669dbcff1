/** One answer of a form. What was left empty is left out. */
export type Value = string | number | boolean | (string | number | boolean)[];

/** The answers of one section, by the names of its fields. */
export type Answers = Record<string, Value>;

/** What a form was answered with: `registration.data`, one entry for each rule of the requirements. */
export type RegistrationData = (Answers | Answers[])[];

/** The answers of a section, one object for each time that it repeats; always at least one. */
export function entriesOf(data: RegistrationData, section: number): Answers[] {
  const entry = data[section] ?? {};
  if (!Array.isArray(entry)) return [entry];
  return entry.length > 0 ? entry : [{}];
}
