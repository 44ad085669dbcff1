import type { FormField } from '@number-orders/contract';
import { Control } from './control';
import type { Value } from './data';
import type { Fault } from './model';
import type { Words } from './words';

export interface FieldProps {
  words: Words;
  field: FormField;
  /** The element's id, unique on the page. */
  id: string;
  name: string;
  value: Value | undefined;
  /** The placeholder of the ordered number, if this field asks for it. */
  orderedNumbers: readonly string[];
  faults: Fault[];
}

/** One question: its label, its help, its faults, and the input. */
export function Field(props: FieldProps) {
  const { words, field, id, faults, orderedNumbers } = props;
  const { title, description, required, choices } = field;
  const isTick = field.type === 'boolean' && choices?.length === 1;
  const isGroup = !isTick && (field.type === 'boolean' || (field.type === 'array' && choices !== undefined));
  // The placeholder is shown as the number itself.
  const example = orderedNumbers.length > 0 ? undefined : (field.examples?.[0] ?? field.placeholder);
  const hints = [
    description !== undefined && 'about',
    example !== undefined && 'example',
    orderedNumbers.length > 0 && 'ordered',
    field.type === 'array' && !choices && 'lines',
    'error',
  ];
  const describedBy = hints.flatMap((hint) => (hint ? [`${id}-${hint}`] : [])).join(' ');
  const label = (
    <>
      <span lang="en">{title}</span> {!required && <span class="optional">({words.optional})</span>}
    </>
  );
  const help = (
    <>
      {description !== undefined && (
        <p class="hint" id={`${id}-about`} lang="en">
          {description}
        </p>
      )}
      {example !== undefined && (
        <p class="hint" id={`${id}-example`}>
          {field.examples && `${words.example} `}
          <span lang="en" class="sample">
            {example}
          </span>
        </p>
      )}
      {orderedNumbers.length > 0 && (
        <p class="hint" id={`${id}-ordered`}>
          {words.orderedNumber(orderedNumbers.length)}
        </p>
      )}
      {field.type === 'array' && !choices && (
        <p class="hint" id={`${id}-lines`}>
          {words.onePerLine}
        </p>
      )}
    </>
  );
  const error = (
    <p class="error" id={`${id}-error`} hidden={faults.length === 0}>
      {faults.map((fault) => (
        <FaultText words={words} fault={fault} />
      ))}
    </p>
  );
  const control = <Control {...props} describedBy={describedBy} invalid={faults.length > 0} />;
  const className = faults.length > 0 ? 'field wrong' : 'field';
  if (isGroup) {
    return (
      <fieldset class={className} id={id} aria-describedby={describedBy}>
        <legend>{label}</legend>
        {help}
        {error}
        {control}
      </fieldset>
    );
  }
  return (
    <div class={className}>
      {isTick ? (
        <>
          <label class="tick">
            {control}
            <span>{label}</span>
          </label>
          {help}
          {error}
        </>
      ) : (
        <>
          <label for={id}>{label}</label>
          {help}
          {error}
          {control}
        </>
      )}
    </div>
  );
}

/** Sinch's text, or ours if it has none. */
export function FaultText({ words, fault: { description, kind } }: { words: Words; fault: Fault }) {
  return (
    <span class="fault">
      <span class="unseen">{words.error} </span>
      {description === undefined ? words.faults[kind ?? 'type'] : <span lang="en">{description}</span>}
    </span>
  );
}
