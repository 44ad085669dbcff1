import type { KeySource } from './keys';

/**
 * Keys for a worker. Temporal's SDK shuts a worker down if it cannot encrypt, so the last key stays in use while its source is
 * unavailable.
 * @throws {unknown} the source's error if there was no key yet
 */
export async function lastingKeys(source: KeySource): Promise<KeySource> {
  let last = await source.current();
  return {
    current: async () => (last = await source.current().catch(() => last)),
    find: (id) => source.find(id),
  };
}
