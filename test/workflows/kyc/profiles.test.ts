import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ProfileNotFoundError, NumberOrdersClient } from '../../../src/client';
import type { KeyList } from '../../../src/data-converter/keys';
import { FileAttachmentStore } from '../../../src/store/file-store';
import { CANARY, leaksIn } from '../../privacy/canaries';
import { commandLine } from '../../support/command-line';
import { asSetting, keyList, newKey } from '../../support/keys';
import { auMobile, auRegistration, gbMobile, PROOF_OF_IDENTITY } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const operator = ['--author', 'ops', '--reason', 'test'];
const by = { author: 'ops', reason: 'test' };

describe('a KYC profile', () => {
  const stand = standForAll(devServer);
  const cli = commandLine(stand);
  const named = () => `Example-${randomUUID()}`;
  const canaries = () => auRegistration({ endBusinessName: CANARY.business });
  const document = (content: string = CANARY.content) => ({
    attachmentId: PROOF_OF_IDENTITY,
    fileName: `${CANARY.fileName}.pdf`,
    mimeType: 'application/pdf',
    content: Readable.from([content]),
  });

  /** Everything that the store has anywhere, names of files included. */
  async function leaksInStore(): Promise<string[]> {
    const files = await readdir(stand.folder, { recursive: true, withFileTypes: true });
    const found = files
      .filter((file) => file.isFile())
      .map(async (file) => [...leaksIn(file.name), ...leaksIn(await readFile(join(file.parentPath, file.name)))]);
    return (await Promise.all(found)).flat();
  }

  it('is used by every order that names it, records which ones, and leaves nothing when it is erased', async () => {
    const name = named();
    const passport = join(stand.folder, 'passport.pdf');
    await writeFile(passport, CANARY.content);
    const file = join(stand.folder, 'profile.json');
    const { content: _content, ...known } = document();
    const profile = {
      regionCode: 'AU',
      numberType: 'MOBILE',
      registration: canaries(),
      documents: [{ ...known, path: 'passport.pdf' }],
    };
    await writeFile(file, JSON.stringify(profile));
    await expect(cli(['profiles', 'put', name, file, ...operator])).resolves.toMatchObject({
      code: 0,
      out: `Kept ${name}, with 1 documents.\n`,
    });
    await writeFile(file, '');
    await writeFile(passport, '');
    await expect(cli(['profiles', 'check', name])).resolves.toMatchObject({ code: 0 });
    expect((await cli(['profiles', 'list'])).out).toContain(`${name}\n`);

    const first = await stand.start({ ...auMobile, kycProfile: name });
    const second = await stand.start({ ...auMobile, kycProfile: name });

    for (const reference of [first, second]) {
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      await stand.checkHistory(reference);
    }
    const audit = await cli(['profiles', 'audit', name]);
    expect(leaksIn(audit.out)).toEqual([]);
    expect(JSON.parse(audit.out)).toEqual([
      expect.objectContaining({ kind: 'PUT', ...by }),
      expect.objectContaining({ kind: 'USED', reference: expect.any(String) }),
      expect.objectContaining({ kind: 'USED', reference: expect.any(String) }),
    ]);

    const erased = await cli(['profiles', 'erase', name, ...operator]);

    expect(erased.out).toContain(first);
    expect(erased.out).toContain(second);
    await expect(leaksInStore()).resolves.toEqual([]);
    await expect(stand.client.profiles.list()).resolves.not.toContain(name);
    await expect(stand.client.profiles.erase(name, by)).rejects.toThrow(ProfileNotFoundError);
    expect((await stand.client.profiles.audit(name)).at(-1)).toMatchObject({ kind: 'ERASED', ...by });
  });

  it('is replaced by KYC from the sender, with a notice, if it does not exist or is for other numbers', async () => {
    const name = named();
    await stand.client.profiles.put(name, { regionCode: 'GB', numberType: 'MOBILE', registration: { data: [{}] } }, by);
    for (const [kycProfile, said] of [
      [named(), 'There is no KYC profile'],
      [name, 'is for another kind of number'],
    ] as const) {
      const reference = await stand.start({ ...auMobile, kycProfile });
      const view = await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes(said)));
      expect(view.outstanding).toEqual({ registration: true, attachments: [PROOF_OF_IDENTITY] });
      await stand.client.cancel(reference, { reason: 'seen' });
      await stand.client.result(reference);
      await stand.checkHistory(reference);
    }
    await stand.client.profiles.erase(name, by);
  });

  it('is judged by Sinch like any KYC: what is refused is asked for again, and its sender corrects it', async () => {
    const name = named();
    const wrong = auRegistration({ postalCode: 'unknown' });
    await stand.client.profiles.put(
      name,
      { regionCode: 'AU', numberType: 'MOBILE', registration: wrong, documents: [document('a passport')] },
      by,
    );
    const reference = await stand.start({ ...auMobile, kycProfile: name });
    await stand.view(reference, ({ violations }) => violations.length > 0);

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
    await stand.client.profiles.erase(name, by);
  });

  it('is overridden by KYC in the request, and is not copied to an order that is erased', async () => {
    const name = named();
    await stand.client.profiles.put(
      name,
      { regionCode: 'AU', numberType: 'MOBILE', registration: canaries(), documents: [document()] },
      by,
    );
    const reference = await stand.start({
      ...auMobile,
      kycProfile: name,
      registration: auRegistration({ postalCode: 'mine' }),
    });
    await stand.view(reference, ({ violations }) => violations.length > 0);
    await stand.client.erase(reference, { ...by, force: true });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', erased: true });
    await expect(readdir(join(stand.folder, reference))).rejects.toThrow('ENOENT');
    await stand.checkHistory(reference);
    const gb = await stand.start({ ...gbMobile, kycProfile: name });
    await stand.client.cancel(gb, { reason: 'seen' });
    await stand.client.result(gb);
    await stand.client.profiles.erase(name, by);
  });

  it('is encrypted, and encrypted again with a new key before the old one is retired', async () => {
    const [older, newer] = [newKey('old'), newKey('new')];
    const clientWith = (keys: KeyList) => {
      const records = new FileAttachmentStore(stand.folder, keys);
      return new NumberOrdersClient({ client: stand.environment.client, records }).profiles;
    };
    const name = named();
    const put = { regionCode: 'AU', numberType: 'MOBILE', registration: canaries(), documents: [document()] } as const;
    await clientWith(keyList(older)).put(name, put, by);
    await expect(leaksInStore()).resolves.toEqual([]);
    const env = { NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keyList(newer, older)) };
    expect((await cli(['doctor'], { env })).out).toMatch(
      /^warn {2}KYC profiles .*encrypted with old.*profiles reseal/m,
    );

    await expect(cli(['profiles', 'reseal', name], { env })).resolves.toMatchObject({ code: 0 });

    expect((await cli(['doctor'], { env })).out).toMatch(/^ok {4}KYC profiles/m);
    await expect(clientWith(keyList(newer)).check(name, null)).resolves.toMatchObject({ violations: [] });
    await expect(clientWith(keyList(older)).check(name, null)).rejects.toThrow('is encrypted with the key "new"');
    await clientWith(keyList(newer)).erase(name, by);
  });
});
