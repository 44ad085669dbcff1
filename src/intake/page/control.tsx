import { type Choice, type FormField, ORDERED_NUMBER } from '@number-orders/contract';
import type { FieldProps } from './field';
import { patternAttribute } from './pattern-attribute';

/** Longer texts get room for several lines. */
const LINE_CHARACTERS = 150;

/** Shorter ones get a narrower input, which hints at the expected length. */
const SHORT_CHARACTERS = 24;

type ControlProps = FieldProps & { describedBy: string; invalid: boolean };

/** The input of a field. Its constraints are advice: "send anyway" skips the browser's checks. */
export function Control(props: ControlProps) {
  const { words, field, id, name, describedBy, invalid, value } = props;
  const { type, choices, required } = field;
  const given = new Set((Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String));
  const common = { id, name, 'aria-describedby': describedBy, ...(invalid && { 'aria-invalid': 'true' as const }) };
  const said = field.messages && { 'data-messages': JSON.stringify(field.messages) };

  if (type === 'boolean' && choices?.length === 1) {
    const [only] = choices.map(String);
    return (
      <input type="checkbox" {...common} {...said} value={only} checked={given.has(only ?? '')} required={required} />
    );
  }
  if (type === 'boolean') {
    const answers = [['true', words.yes], ['false', words.no], ...(required ? [] : [['', words.noAnswer]])] as const;
    const [current = required ? undefined : ''] = given;
    return (
      <div class="choices">
        {answers.map(([answer, text], index) => (
          <label class="tick">
            <input
              {...common}
              {...said}
              id={`${id}-${index}`}
              type="radio"
              value={answer}
              checked={answer === current}
              required={required}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    );
  }
  if (type === 'array' && choices) {
    return (
      <div class="choices">
        {choices.map((choice, index) => (
          <label class="tick">
            <input
              {...common}
              id={`${id}-${index}`}
              type="checkbox"
              value={String(choice)}
              checked={given.has(String(choice))}
            />
            <span lang="en">{String(choice)}</span>
          </label>
        ))}
      </div>
    );
  }
  if (choices) {
    return (
      <select {...common} {...said} required={required}>
        <option value="">{words.choose}</option>
        {choices.map((choice) => (
          <ChoiceOption choice={choice} chosen={given.has(String(choice))} />
        ))}
      </select>
    );
  }
  return <TextControl {...props} attributes={{ ...common, ...said }} />;
}

function ChoiceOption({ choice, chosen }: { choice: Choice; chosen: boolean }) {
  return (
    <option value={String(choice)} selected={chosen} lang="en">
      {String(choice)}
    </option>
  );
}

function TextControl({ field, value, orderedNumbers, attributes }: ControlProps & { attributes: object }) {
  const { type, required, minLength, maxLength = 0 } = field;
  const ordered = orderedNumbers.join(', ');
  const text = (Array.isArray(value) ? value.join('\n') : String(value ?? '')).replaceAll(ORDERED_NUMBER, ordered);
  // `maxlength` would cut the input, so that it could not be sent anyway.
  const bounds = { required, minlength: minLength, 'data-most': maxLength || undefined };
  if (type === 'array' || maxLength > LINE_CHARACTERS || text.includes('\n')) {
    return (
      <textarea {...attributes} {...bounds} rows={4}>
        {text}
      </textarea>
    );
  }
  // With several numbers the pattern applies to each, not to the list.
  const pattern = orderedNumbers.length > 1 ? undefined : patternAttribute(field.pattern);
  return (
    <input
      type={inputType(field)}
      {...attributes}
      {...bounds}
      pattern={pattern}
      {...helped(field)}
      class={maxLength > 0 && maxLength <= SHORT_CHARACTERS ? 'short' : undefined}
      value={text}
      spellcheck={false}
    />
  );
}

/** `type="number"` would drop other input, and change with the mouse wheel. */
function inputType({ name }: FormField): string {
  return /phone|mobile/i.test(name) ? 'tel' : /e-?mail/i.test(name) ? 'email' : 'text';
}

/** Browsers' autofill tokens, by the known names of Sinch's fields. */
const KNOWN: Record<string, string> = {
  firstName: 'given-name',
  lastName: 'family-name',
  phoneNumber: 'tel',
  email: 'email',
  endBusinessName: 'organization',
  companyName: 'organization',
  businessName: 'organization',
  endBusinessAddress: 'address-line1',
  endBusinessAddress2: 'address-line2',
  street: 'street-address',
  city: 'address-level2',
  state: 'address-level1',
  postalCode: 'postal-code',
  country: 'country',
};

function helped({ name, type }: FormField) {
  const autocomplete = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  const inputmode = type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : undefined;
  return { autocomplete, inputmode } as const;
}
