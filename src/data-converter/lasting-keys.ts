import type { KeySource } from './keys';

/**
 * Keys for a worker, which Temporal's SDK ends when it cannot encrypt what it has to say: the last key that encrypted goes
 * on doing so while its source cannot be asked.
 * @throws {unknown} what the source throws when there is no key to begin with
 */
export async function lastingKeys(source: KeySource): Promise<KeySource> {
  let last = await source.current();
  return {
    current: async () => (last = await source.current().catch(() => last)),
    find: (id) => source.find(id),
  };
}
