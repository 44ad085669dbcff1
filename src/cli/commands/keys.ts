import { createSecretKey, randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Command } from 'commander';
import { readEncryptionKeys } from '../../config/settings';
import { decrypt, encrypt } from '../../data-converter/encryption';
import { formatKey, KEY_BYTES, KEY_ID_PATTERN, KeyList, type EncryptionKey } from '../../data-converter/keys';
import type { Cli } from '../cli';
import { UsageError } from '../usage-error';

/** Tends `NUMBER_ORDERS_ENCRYPTION_KEYS`. Nothing is stored: `generate` and `rotate` print secrets, `check` never does. */
export function addKeysCommands(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('make, rotate and check the keys of NUMBER_ORDERS_ENCRYPTION_KEYS');

  keys
    .command('generate')
    .description('print a new key, a secret')
    .option('--id <id>', 'its id, which is no secret; the date and four digits when left out')
    .action(({ id }: { id?: string }) => cli.print(formatKey(newKey(id))));

  keys
    .command('rotate')
    .description('print the keys of the environment and a new one, all secrets')
    .option('--id <id>', 'id of the new key')
    .option('--last', 'as a key that only decrypts yet: for the first of the two rollouts')
    .action(({ id, last }: { id?: string; last?: true }) => {
      const { keys: current } = readEncryptionKeys(cli.terminal.env);
      const added = newKey(id);
      if (current.some((key) => key.id === added.id))
        throw new UsageError('There is a key of that id: choose another.');
      cli.print((last ? [...current, added] : [added, ...current]).map(formatKey).join(','));
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
