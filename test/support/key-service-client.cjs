const { createSecretKey } = require('node:crypto');

/**
 * What an operator with a key management service writes: keys by HTTP from where KEY_SERVICE_URL says, each asked for once.
 * @type {Map<string, Promise<import('../../src/data-converter').EncryptionKey | undefined>>}
 */
const asked = new Map();

async function ask(path) {
  const answer = await globalThis.fetch(`${process.env.KEY_SERVICE_URL}/${path}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`The key service answered ${answer.status}`);
  const { id, secret } = await answer.json();
  return { id, key: createSecretKey(secret, 'base64') };
}

function cached(path) {
  if (!asked.has(path)) {
    const key = ask(path);
    asked.set(path, key);
    // What could not be had is asked for again.
    key.catch(() => asked.delete(path));
  }
  return asked.get(path);
}

exports.keySource = { current: () => cached('current'), find: (id) => cached(`keys/${id}`) };
