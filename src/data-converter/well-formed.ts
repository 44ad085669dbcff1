/**
 * Makes every text in a value well-formed: half a surrogate pair becomes U+FFFD. Temporal's Core shuts the worker down on any
 * other text, see docs/upstream/half-a-character.md. Copies only what changes; bytes stay as they are.
 */
export function wellFormed<T>(value: T): T {
  return fixed(value) as T;
}

function fixed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value);
  const copied = entries.map(([name, entry]) => [name.toWellFormed(), fixed(entry)] as const);
  if (copied.every(([name, entry], index) => name === entries[index]?.[0] && entry === entries[index][1])) return value;
  if (Array.isArray(value)) return copied.map(([, entry]) => entry);
  // Protobuf messages have accessors in their prototype.
  const prototype = Object.getPrototypeOf(value) as object | null;
  return Object.create(prototype, Object.getOwnPropertyDescriptors(Object.fromEntries(copied)));
}
