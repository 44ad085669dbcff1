import { createSecretKey, randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Command } from 'commander';
import { readEncryptionKeys } from '../../config/settings';
import { decrypt, encrypt } from '../../data-converter/encryption';
import { formatKey, KEY_BYTES, KEY_ID_PATTERN, type EncryptionKey, type KeyList } from '../../data-converter/keys';
import type { Cli } from '../cli';
import { UsageError } from '../usage-error';

/** Manages `NUMBER_ORDERS_ENCRYPTION_KEYS`. Nothing is stored: `generate` and `rotate` print secrets, `check` never does. */
export function addKeysCommands(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('make, rotate and check the keys of NUMBER_ORDERS_ENCRYPTION_KEYS');

  keys
    .command('generate')
    .description('print a new key, a secret')
    .option('--id <id>', 'its id, which is no secret; the date and four digits when left out')
    .action(({ id }: { id?: string }) => cli.print(formatKey(newKey(id))));

  keys
    .command('rotate')
    .description('print the keys of the environment with a new one first, all of them secrets')
    .option('--id <id>', 'id of the new key')
    .option('--last', 'first of two rollouts: the new key last, so that every process can read it before any writes it')
    .option('--to <id>', 'second of two rollouts: no new key, but this one first')
    .action((options: { id?: string; last?: true; to?: string }) => {
      cli.print(rotated(readEncryptionKeys(cli.terminal.env), options).map(formatKey).join(','));
    });

  keys
    .command('check')
    .description('check the keys of the environment by encrypting and decrypting a sample; print their ids alone')
    .action(async () => {
      const list = readEncryptionKeys(cli.terminal.env);
      for (const [index, key] of list.keys.entries()) {
        const works = await readsItsOwn(key, list);
        cli.print(`${works ? 'ok  ' : 'FAIL'}  ${key.id}  ${index === 0 ? 'encrypts and decrypts' : 'decrypts'}`);
        if (!works) cli.exitCode = 1;
      }
    });
}

function rotated({ keys }: KeyList, { id, last, to }: { id?: string; last?: true; to?: string }) {
  if (to !== undefined) {
    const chosen = keys.find((key) => key.id === to);
    if (!chosen) throw new UsageError('--to must be the id of one of the keys: number-orders keys check lists them.');
    return [chosen, ...keys.filter((key) => key !== chosen)];
  }
  const added = newKey(id);
  if (keys.some((key) => key.id === added.id))
    throw new UsageError('There is already a key with that id: choose another.');
  return last ? [...keys, added] : [added, ...keys];
}

function newKey(id = `${new Date().toISOString().slice(0, 10)}-${randomBytes(2).toString('hex')}`): EncryptionKey {
  if (!KEY_ID_PATTERN.test(id))
    throw new UsageError('--id must be 1 to 64 letters, digits, dots, dashes or underscores.');
  return { id, key: createSecretKey(randomBytes(KEY_BYTES)) };
}

async function readsItsOwn(key: EncryptionKey, list: KeyList): Promise<boolean> {
  const sample = 'a sample';
  const decrypted = await decrypt(list, await encrypt(key, defaultPayloadConverter.toPayload(sample)));
  return !('reason' in decrypted) && defaultPayloadConverter.fromPayload(decrypted) === sample;
}
