import { ORDERED_NUMBER, ORDERED_NUMBER_FIELD, type FormSection } from '@number-orders/contract';
import { addingTo, removing } from './change-entries';
import { entriesOf, type Answers, type RegistrationData } from './data';
import { Field } from './field';
import { inputName } from './input-names';
import type { PlacedFaults } from './place-faults';
import { MOST_ENTRIES } from './read-posted';
import type { Words } from './words';

export interface SectionProps {
  words: Words;
  section: FormSection;
  values: RegistrationData;
  faults: PlacedFaults;
  orderedNumbers: readonly string[];
  /** The section's index, from 0, and the number of sections. */
  position: number;
  parts: number;
}

export const fieldId = (section: number, entry: number, position: number): string =>
  `q-${section}-${entry}-${position}`;

/** The fields of one section, several times if it repeats. */
export function Section(props: SectionProps) {
  const { words, section, values, position, parts } = props;
  const { index, title, description, repeats } = section;
  const entries = entriesOf(values, index);
  const headed = title !== undefined || parts > 1;
  return (
    <section class="card" {...(headed && { 'aria-labelledby': `s-${index}` })}>
      {headed && (
        <h3 id={`s-${index}`} {...(title !== undefined && { lang: 'en' })}>
          {title ?? words.part(position + 1, parts)}
        </h3>
      )}
      {description !== undefined && (
        <p class="hint" lang="en">
          {description}
        </p>
      )}
      {entries.map((answers, entry) => {
        const fields = <Entry {...props} answers={answers} entry={entry} />;
        if (entries.length === 1) return fields;
        return (
          <fieldset class="entry">
            <legend>{words.entry(entry + 1)}</legend>
            {fields}
            <button class="quiet" name="do" value={removing(index, entry)} formnovalidate>
              {words.remove(entry + 1)}
            </button>
          </fieldset>
        );
      })}
      {repeats && entries.length < MOST_ENTRIES && (
        <button class="quiet" name="do" value={addingTo(index)} formnovalidate>
          {words.add}
        </button>
      )}
    </section>
  );
}

function Entry({
  words,
  section,
  faults,
  orderedNumbers,
  answers,
  entry,
}: Omit<SectionProps, 'position' | 'parts'> & { answers: Answers; entry: number }) {
  const { index, fields, repeats } = section;
  return (
    <div class="fields">
      {fields.map((field, position) => {
        const isOrdered = repeats && field.name === ORDERED_NUMBER_FIELD;
        const value = Object.hasOwn(answers, field.name) ? answers[field.name] : undefined;
        // Only the first object: each further one is for another number.
        const filledIn = isOrdered && entry === 0 && orderedNumbers.length > 0 ? ORDERED_NUMBER : undefined;
        return (
          <Field
            words={words}
            field={field}
            id={fieldId(index, entry, position)}
            name={inputName(index, entry, field.name)}
            value={value ?? filledIn}
            orderedNumbers={isOrdered && entry === 0 ? orderedNumbers : []}
            faults={faults.at(index, entry, field.name)}
          />
        );
      })}
    </div>
  );
}
