import type { NumberType } from '../../fake-sinch/types';
import { gbRegistration } from '../support/kyc';
import { auRegistration as documentedRegistration } from '../support/sinch-documented';
import { auRegistration, type Caller, startStill, violatedFields } from './support';

let sinch: Caller;

beforeAll(async () => {
  sinch = await startStill();
});
afterAll(() => sinch.fake.close());

type Fields = Record<string, unknown>;

/** As Sinch's own example has it, of a company in another country. */
function documented(country: string): [Fields[], Fields, Fields] {
  const [senders, company, contact] = auRegistration() as [Fields[], Fields, Fields];
  return [senders, { ...company, country, ...(country !== 'AU' && { state: undefined }) }, contact];
}

describe('a registration of AU MOBILE', () => {
  test('is accepted with the fields and values that Sinch documents', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    const { data } = documentedRegistration.requestDetails;
    expect((await sinch.register(id, data)).status).toBe(200);
    expect((await sinch.registration(id)).body).toMatchObject({ requestDetails: { data } });
    expect(sinch.fake.control.registrationOf(id)).toEqual({ data });
  });

  test('is refused with every wrong field, and the previous one is kept', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    await sinch.register(id, auRegistration());
    const reply = await sinch.register(id, [
      [{ senderId: 'Parcels', purposeOfTheTraffic: 'Gossip', iConfirmThatMyBusinessHasAValidUseCaseForThisLn: 'Yes' }],
      {
        endBusinessName: 5,
        endBusinessAddress: 'a',
        city: 'b',
        state: 'Victoria',
        country: 'Australia',
        postalCode: '',
      },
      'Alex',
    ]);
    expect(reply.status).toBe(400);
    expect(violatedFields(reply)).toEqual([
      'requestDetails.data[0][0].senderId',
      'requestDetails.data[0][0].purposeOfTheTraffic',
      'requestDetails.data[0][0].intendedUseOfMobileNumbers',
      'requestDetails.data[0][0].iConfirmThatMyBusinessHasAValidUseCaseForThisLn',
      'requestDetails.data[1].endBusinessName',
      'requestDetails.data[1].state',
      'requestDetails.data[1].country',
      'requestDetails.data[1].postalCode',
      'requestDetails.data[2]',
    ]);
    expect(sinch.fake.control.registrationOf(id)).toEqual({ data: auRegistration() });
  });

  test('can have one sender as an object, or several as a list, and each is checked', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    const [[sender = {}], company, contact] = documented('AU');
    expect((await sinch.register(id, [sender, company, contact])).status).toBe(200);
    const unconfirmed = { ...sender, iConfirmThatMyBusinessHasAValidUseCaseForThisLn: false };
    expect(violatedFields(await sinch.register(id, [[sender, unconfirmed], company, contact]))).toEqual([
      'requestDetails.data[0][1].iConfirmThatMyBusinessHasAValidUseCaseForThisLn',
    ]);
    expect(violatedFields(await sinch.register(id, [[], company, contact]))).toEqual(['requestDetails.data[0]']);
    expect(violatedFields(await sinch.register(id, {}))).toEqual(['requestDetails.data']);
  });

  test('can have its entries in another order, and entries that no rule asks for', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    const [senders, company, contact] = documented('AU');
    expect((await sinch.register(id, [contact, { remark: 'none' }, company, senders])).status).toBe(200);
    const { postalCode: _postalCode, ...incomplete } = company;
    expect(violatedFields(await sinch.register(id, [contact, incomplete, senders]))).toEqual([
      'requestDetails.data[1].postalCode',
    ]);
  });
});

describe('the requirements use every form that Sinch’s documentation allows', () => {
  test.each<[string, string, NumberType, (rules: { template: unknown }[]) => unknown]>([
    ['a list of properties', 'AU', 'MOBILE', ([rule]) => namesIn(rule?.template, 'properties')],
    ['the list alone', 'IT', 'MOBILE', ([rule]) => namesIn(rule)],
    [
      'one template for all',
      'ES',
      'MOBILE',
      (rules) => rules.length === 1 && namesIn(rules[0]?.template, 'properties'),
    ],
    ['another order', 'NL', 'MOBILE', (rules) => namesIn(rules[2]?.template, 'properties')],
  ])('%s', async (_form, regionCode, numberType, namesOf) => {
    expect(namesOf(await rulesOf(regionCode, numberType))).toContain('senderId');
  });

  test('properties by name, with a list of the required ones', async () => {
    expect(await rulesOf('DE', 'LOCAL')).toMatchObject([
      { template: { required: ['companyName', 'street', 'city', 'postalCode'], properties: { companyName: {} } } },
    ]);
  });

  test('plain JSON Schema', async () => {
    const [{ template } = { template: undefined }] = await rulesOf('SE', 'MOBILE');
    expect(template).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['senderId']),
      properties: { senderId: { type: 'string' } },
    });
  });

  test('a plain map', async () => {
    expect(await rulesOf('GB', 'MOBILE')).toMatchObject([{ template: { businessName: { required: true } } }, {}]);
  });

  test('texts for a wrong value under both names, examples, a placeholder, and a check box that may stay empty', async () => {
    const au = JSON.stringify(await rulesOf('AU', 'MOBILE'));
    for (const key of ['"title"', '"x-placeholder"', '"examples"', '"message"', '"enum"', String.raw`\n`]) {
      expect(au).toContain(key);
    }
    const es = JSON.stringify(await rulesOf('ES', 'MOBILE'));
    expect(es).toContain('"messages"');
    expect(es).toContain('"type":"boolean","required":true,"enum":[null,true]');
  });
});

describe.each(['ES', 'IT', 'NL', 'SE'])('a registration of %s MOBILE', (regionCode) => {
  test('is accepted with the entries that Sinch documents', async () => {
    const id = await sinch.reserve(regionCode, 'MOBILE');
    expect((await sinch.register(id, documented(regionCode))).status).toBe(200);
  });

  test('is refused for a missing field, an unknown choice, and an unticked check box', async () => {
    const id = await sinch.reserve(regionCode, 'MOBILE');
    const [[sender], company, contact] = documented(regionCode);
    const wrong = { ...sender, purposeOfTheTraffic: 'Gossip', iConfirmThatMyBusinessHasAValidUseCaseForThisLn: false };
    const { lastName: _lastName, ...nameless } = contact;
    const reply = await sinch.register(id, [[wrong], company, nameless]);
    expect(violatedFields(reply).map((field) => field.replace(/.*\./, ''))).toEqual(
      expect.arrayContaining(['purposeOfTheTraffic', 'iConfirmThatMyBusinessHasAValidUseCaseForThisLn', 'lastName']),
    );
    expect(violatedFields(reply)).toHaveLength(3);
  });
});

test('a registration of ES MOBILE can be one object, because the region has one template', async () => {
  const id = await sinch.reserve('ES', 'MOBILE');
  const [[sender], company, contact] = documented('ES');
  expect((await sinch.register(id, [{ ...sender, ...company, ...contact }])).status).toBe(200);
});

test('the length of a text is counted in characters, not in UTF-16 code units', async () => {
  const id = await sinch.reserve('GB', 'MOBILE');
  const [business, contact] = gbRegistration.data;
  const of = (length: number): unknown[] => [{ ...business, businessName: '𠮷'.repeat(length) }, contact];
  expect((await sinch.register(id, of(100))).status).toBe(200);
  expect(violatedFields(await sinch.register(id, of(101)))).toEqual(['requestDetails.data[0].businessName']);
});

async function rulesOf(regionCode: string, numberType: NumberType): Promise<{ template: unknown }[]> {
  const { body } = await sinch.lookup(regionCode, numberType);
  return (body as { fields: { rules: { template: unknown }[] } }).fields.rules;
}

function namesIn(holder: unknown, key = 'template'): string[] {
  return (holder as Record<string, { name: string }[]>)[key]?.map(({ name }) => name) ?? [];
}
