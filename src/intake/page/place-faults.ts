import type { Form } from '@number-orders/contract';
import { entriesOf, type RegistrationData } from './data';
import type { Fault } from './model';

export interface PlacedFaults {
  /** Shown next to the input of one field. */
  at: (section: number, entry: number, field: string) => Fault[];
  /** Faults without a known input. */
  elsewhere: Fault[];
}

/**
 * Finds the inputs that faults belong to. Sinch does not document how it names a place in a registration. Paths with brackets,
 * dots or slashes are read; of anything else the last name, if only one field has it.
 */
export function placeFaults(form: Form, data: RegistrationData, faults: readonly Fault[]): PlacedFaults {
  const placed = new Map<string, Fault[]>();
  const elsewhere: Fault[] = [];
  for (const fault of faults) {
    const key = placeOf(form, data, fault.field);
    if (key === undefined) elsewhere.push(fault);
    else placed.set(key, [...(placed.get(key) ?? []), fault]);
  }
  return { at: (section, entry, field) => placed.get(keyOf(section, entry, field)) ?? [], elsewhere };
}

const keyOf = (section: number, entry: number, field: string) => JSON.stringify([section, entry, field]);

function placeOf({ sections }: Form, data: RegistrationData, path: string): string | undefined {
  const parts = /^(?:.*?\bdata)?[[./]*(\d{1,4})[\]./]+(?:\[?(\d{1,4})[\]./]+)?(.+)$/s.exec(path);
  if (parts) {
    const [, section, entry = '0', name = ''] = parts;
    const exact = sections.find(({ index }) => index === Number(section));
    if (exact?.fields.some((field) => field.name === name)) {
      // The form has one object for several ordered numbers; Sinch names each of them.
      const isShown = Number(entry) < entriesOf(data, exact.index).length;
      return keyOf(exact.index, isShown ? Number(entry) : 0, name);
    }
  }
  const last = path.split(/[./[\]]+/).findLast((part) => part !== '');
  const holders = sections.filter(({ fields }) => fields.some(({ name }) => name === last));
  const [holder] = holders;
  return holder && last !== undefined && holders.length === 1 ? keyOf(holder.index, 0, last) : undefined;
}
