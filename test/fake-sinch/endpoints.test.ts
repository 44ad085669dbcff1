import { createHash } from 'node:crypto';

import { LETTER_OF_AUTHORIZATION, PROOF_OF_ADDRESS, PROOF_OF_IDENTITY, UTILITY_BILL } from '../support/kyc';
import { type Caller, type Reply, startStill, violatedFields } from './support';

let sinch: Caller;

beforeAll(async () => {
  sinch = await startStill();
});
afterAll(() => sinch.fake.close());

async function token(authorization = sinch.basic, grant = 'client_credentials'): Promise<Response> {
  const body = new URLSearchParams({ grant_type: grant });
  return fetch(sinch.fake.authUrl, { method: 'POST', headers: { authorization }, body });
}

describe('the credentials', () => {
  test('are exchanged for a token that works until it expires', async () => {
    const { access_token: bearer, expires_in: seconds } = (await (await token()).json()) as {
      access_token: string;
      expires_in: number;
    };
    const call = (): Promise<{ status: number }> =>
      sinch.call('getNumberOrder', 'GET', '/numberOrders/none', undefined, { authorization: `Bearer ${bearer}` });
    expect((await call()).status).toBe(404);
    sinch.fake.control.advance(seconds * 1000);
    expect((await call()).status).toBe(401);
  });

  test('can be revoked', async () => {
    const { access_token: bearer } = (await (await token()).json()) as { access_token: string };
    sinch.fake.control.revokeTokens();
    const authorization = `Bearer ${bearer}`;
    expect((await sinch.call('getNumberOrder', 'GET', '/numberOrders/none', undefined, { authorization })).status).toBe(
      401,
    );
  });

  test('are refused when they are wrong', async () => {
    expect((await token('Basic d3Jvbmc6d3Jvbmc=')).status).toBe(401);
    expect((await token(sinch.basic, 'password')).status).toBe(400);
    const authorization = 'Bearer wrong';
    expect((await sinch.call('submit', 'POST', '/numberOrders/none/submit', undefined, { authorization })).status).toBe(
      401,
    );
  });

  test('give access to their own project only', async () => {
    const response = await fetch(`${sinch.fake.url}/v1/projects/other/numberOrders/none`, {
      headers: { authorization: sinch.basic },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      error: { code: 403, message: '', status: 'PERMISSION_DENIED', details: [] },
    });
  });
});

describe('the requirements', () => {
  test('of AU MOBILE have three rules and two attachments, one of them mandatory', async () => {
    const { body } = await sinch.lookup('AU', 'MOBILE');
    const { fields, attachments } = body as { fields: { rules: unknown[] }; attachments: { mandatory: boolean }[] };
    expect(fields.rules).toHaveLength(3);
    expect(attachments.map(({ mandatory }) => mandatory)).toEqual([true, false]);
  });

  test('of DE LOCAL have their attachments among the fields', async () => {
    const { body } = await sinch.lookup('DE', 'LOCAL');
    expect(body).not.toHaveProperty('attachments');
    expect(body).toHaveProperty('fields.attachments.length', 2);
  });

  test('of GB MOBILE have a registration only', async () => {
    expect((await sinch.lookup('GB', 'MOBILE')).body).toMatchObject({ attachments: [] });
  });

  test.each(['LOCAL', 'MOBILE', 'TOLL_FREE'])('of US %s do not exist', async (numberType) => {
    const reply = await sinch.lookup('US', numberType);
    expect(reply).toMatchObject({ status: 404, body: { error: { message: 'Number requirements not found' } } });
  });

  test('are refused by field for an unknown region, a type that is not offered there and a malformed request', async () => {
    expect(violatedFields(await sinch.lookup('XX', 'MOBILE'))).toEqual(['regionCode']);
    expect(violatedFields(await sinch.lookup('AU', 'TOLL_FREE'))).toEqual(['numberType']);
    expect(violatedFields(await sinch.lookup('Australia', 'PREMIUM'))).toEqual(['regionCode', 'numberType']);
  });
});

describe('a search', () => {
  const found = async (query: string): Promise<string[]> => {
    const { body } = await sinch.search(query);
    return (body as { availableNumbers: { phoneNumber: string }[] }).availableNumbers.map((entry) => entry.phoneNumber);
  };

  test('finds as many numbers as asked for, the same ones each time', async () => {
    const numbers = await found('regionCode=AU&type=MOBILE&size=3');
    expect(numbers).toEqual(['+61480000000', '+61480000001', '+61480000002']);
    expect(await found('regionCode=AU&type=MOBILE')).toHaveLength(10);
  });

  test('matches the pattern with the whole number', async () => {
    const query = 'regionCode=US&type=LOCAL&numberPattern.searchPattern=START&numberPattern.pattern=';
    expect(await found(`${query}${encodeURIComponent('+1415')}`)).toHaveLength(10);
    expect(await found(`${query}1415`)).toEqual([]);
  });

  test('finds a pattern anywhere and at the end', async () => {
    expect(await found('regionCode=US&type=TOLL_FREE&numberPattern.pattern=55504')).toHaveLength(10);
    expect(
      await found('regionCode=US&type=TOLL_FREE&numberPattern.pattern=0042&numberPattern.searchPattern=END'),
    ).toEqual(['+18885550042']);
  });

  test('finds numbers with all the capabilities asked for', async () => {
    expect(await found('regionCode=DE&type=LOCAL&capabilities=VOICE')).toHaveLength(10);
    expect(await found('regionCode=DE&type=LOCAL&capabilities=VOICE&capabilities=SMS')).toEqual([]);
  });

  test('is refused by field when it is malformed', async () => {
    expect(violatedFields(await sinch.search('regionCode=AU&type=MOBILE&size=0&capabilities=FAX'))).toEqual([
      'capabilities',
      'size',
    ]);
    expect(violatedFields(await sinch.search('regionCode=XX&type=MOBILE'))).toEqual(['regionCode']);
  });
});

describe('one number', () => {
  const available = (phoneNumber: string): Promise<Reply> =>
    sinch.call('getAvailableNumber', 'GET', `/availableNumbers/${phoneNumber}`);

  test('is returned with its price while it can be ordered', async () => {
    expect(await available('+447911000300')).toMatchObject({
      status: 200,
      body: { phoneNumber: '+447911000300', regionCode: 'GB', type: 'MOBILE', monthlyPrice: { amount: '6.00' } },
    });
  });

  test('is not found while it is reserved, and found again once the reservation has lapsed', async () => {
    const request = { regionCode: 'GB', numberType: 'MOBILE', numberOrderOption: { phoneNumbers: ['+447911000301'] } };
    const { body } = await sinch.create(request);
    expect(await available('+447911000301')).toMatchObject({ status: 404, body: { error: { status: 'NOT_FOUND' } } });
    sinch.fake.control.moveOrder((body as { idNumberOrder: string }).idNumberOrder, 'EXPIRED');
    expect((await available('+447911000301')).status).toBe(200);
  });

  test('is not found if Sinch does not have it, and refused if it is invalid', async () => {
    expect((await available('+35312345678')).status).toBe(404);
    expect(violatedFields(await available('447911'))).toEqual(['phoneNumber']);
  });
});

describe('the regions', () => {
  const regions = async (query = ''): Promise<Record<string, string[]>> => {
    const { body } = await sinch.call('listAvailableRegions', 'GET', `/availableRegions${query}`);
    const { availableRegions } = body as { availableRegions: { regionCode: string; types: string[] }[] };
    return Object.fromEntries(availableRegions.map(({ regionCode, types }) => [regionCode, types]));
  };

  test('are returned with the types of their numbers', async () => {
    expect(await regions()).toEqual({
      AU: ['MOBILE'],
      DE: ['LOCAL'],
      ES: ['MOBILE'],
      GB: ['MOBILE'],
      IT: ['MOBILE'],
      NL: ['MOBILE'],
      SE: ['MOBILE'],
      US: ['LOCAL', 'MOBILE', 'TOLL_FREE'],
    });
  });

  test('can be asked for by type', async () => {
    expect(Object.keys(await regions('?types=LOCAL&types=TOLL_FREE'))).toEqual(['DE', 'US']);
    const refused = await sinch.call('listAvailableRegions', 'GET', '/availableRegions?types=PREMIUM');
    expect(violatedFields(refused)).toEqual(['types']);
  });
});

describe('an order', () => {
  const order = (option: object, more: object = {}): ReturnType<Caller['create']> =>
    sinch.create({ regionCode: 'GB', numberType: 'MOBILE', ...option, ...more });

  test('returns what it was created from', async () => {
    const smsConfiguration = { servicePlanId: 'plan' };
    const voiceConfiguration = { type: 'RTC', appId: 'app' };
    const numberOrderOption = { phoneNumbers: ['+447911000007'] };
    const reply = await order({ numberOrderOption }, { smsConfiguration, voiceConfiguration });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        state: 'CREATED',
        orderNumbers: [{ phoneNumber: '+447911000007', numberPrice: { monthlyPrice: { amount: '6.00' } } }],
        smsConfiguration,
        voiceConfiguration,
      },
    });
  });

  test('cannot have a number that is reserved, sold to others, unknown or of another type', async () => {
    sinch.fake.control.takeNumbers('+447911000009');
    await order({ numberOrderOption: { phoneNumbers: ['+447911000008'] } });
    for (const phoneNumber of ['+447911000008', '+447911000009', '+447000000000', '+12125550001']) {
      const reply = await order({ numberOrderOption: { phoneNumbers: [phoneNumber] } });
      expect(reply.status).toBe(400);
      expect(violatedFields(reply)).toEqual(['numberOrderOption.phoneNumbers']);
    }
  });

  test('of a quantity gets the first numbers that fit', async () => {
    const numberPattern = { pattern: '+4479110001', searchPattern: 'START' };
    const { body } = await order({ quantityOrderOption: { requestedQuantity: 2, numberPattern } });
    expect(body).toMatchObject({
      orderNumbers: [{ phoneNumber: '+447911000100' }, { phoneNumber: '+447911000101' }],
    });
  });

  test('of a sequence gets consecutive numbers', async () => {
    sinch.fake.control.takeNumbers('+447911000201');
    const numberPattern = { pattern: '+4479110002', searchPattern: 'START' };
    const { body } = await order({ quantityOrderOption: { requestedQuantity: 2, numberPattern, sequential: true } });
    expect(body).toMatchObject({
      orderNumbers: [{ phoneNumber: '+447911000202' }, { phoneNumber: '+447911000203' }],
    });
  });

  test('of more numbers than exist is refused', async () => {
    const numberPattern = { pattern: '+44791100030', searchPattern: 'START' };
    const reply = await order({ quantityOrderOption: { requestedQuantity: 11, numberPattern } });
    expect(violatedFields(reply)).toEqual(['quantityOrderOption.requestedQuantity']);
  });

  test('needs exactly one option, one number, a known region, and outside the US no campaign', async () => {
    const one = { numberOrderOption: { phoneNumbers: ['+447911000400'] } };
    expect(violatedFields(await order({}))).toEqual(['numberOrderOption']);
    expect(violatedFields(await order({ ...one, quantityOrderOption: { requestedQuantity: 1 } }))).toEqual([
      'numberOrderOption',
    ]);
    expect(
      violatedFields(await order({ numberOrderOption: { phoneNumbers: ['+447911000400', '+447911000401'] } })),
    ).toEqual(['numberOrderOption.phoneNumbers']);
    expect(violatedFields(await order(one, { regionCode: 'XX' }))).toEqual(['regionCode']);
    const smsConfiguration = { servicePlanId: 'plan', campaignId: 'campaign' };
    expect(violatedFields(await order(one, { smsConfiguration }))).toEqual(['smsConfiguration.campaignId']);
  });

  test('has an opaque id, as Sinch’s orders have', async () => {
    const { body } = await order({ numberOrderOption: { phoneNumbers: ['+447911000410'] } });
    expect((body as { idNumberOrder: string }).idNumberOrder).toMatch(/^0[0-9a-hjkmnp-tv-z]{25}$/);
  });

  test('and its registration are returned with nulls if the setting says so', async () => {
    sinch.fake.control.configure({ nullsForAbsent: true });
    const id = await sinch.reserve('AU', 'MOBILE');
    expect((await sinch.order(id)).body).toMatchObject({ smsConfiguration: null, voiceConfiguration: null });
    await sinch.upload(id, PROOF_OF_IDENTITY);
    expect((await sinch.registration(id)).body).toMatchObject({
      requestDetails: null,
      attachments: [{ documentType: null }],
    });
    sinch.fake.control.configure({ nullsForAbsent: false });
  });

  test('that is not JSON is refused', async () => {
    const response = await fetch(
      `${sinch.fake.url}/v1/projects/${sinch.fake.projectId}/numberOrders:createNumberOrder`,
      { method: 'POST', headers: { authorization: sinch.basic }, body: '{' },
    );
    expect(response.status).toBe(400);
  });

  test('that does not exist is not found by any operation', async () => {
    expect((await sinch.order('none')).status).toBe(404);
    expect((await sinch.registration('none')).status).toBe(404);
    expect((await sinch.register('none', [])).status).toBe(404);
    expect((await sinch.upload('none', PROOF_OF_IDENTITY)).status).toBe(404);
    expect((await sinch.submit('none')).status).toBe(404);
  });
});

describe('an upload', () => {
  const statusOf = async (id: string): Promise<unknown[]> => {
    const { body } = await sinch.registration(id);
    return (body as { attachments: { uploadStatus: string }[] }).attachments.map(({ uploadStatus }) => uploadStatus);
  };

  test('is WAITING at first and COMPLETED later, and can be repeated', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    expect((await sinch.upload(id, PROOF_OF_IDENTITY)).status).toBe(200);
    expect(await statusOf(id)).toEqual(['WAITING']);
    sinch.fake.control.advance(1_000);
    expect(await statusOf(id)).toEqual(['COMPLETED']);
    await sinch.upload(id, PROOF_OF_IDENTITY, { fileName: 'again.pdf' });
    expect(await statusOf(id)).toEqual(['WAITING']);
  });

  test('FAILS or stays WAITING if the file name says so', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    await sinch.upload(id, PROOF_OF_IDENTITY, { fileName: 'UPLOAD-FAIL.pdf' });
    await sinch.upload(id, LETTER_OF_AUTHORIZATION, { fileName: 'UPLOAD-STUCK.pdf' });
    sinch.fake.control.advance(3_600_000);
    expect(await statusOf(id)).toEqual(['FAILED', 'WAITING']);
  });

  test('of several megabytes arrives complete', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    // Line ends and hyphens are what a boundary begins with.
    const bytes = '\r\n--'.repeat(500_000);
    await sinch.upload(id, PROOF_OF_IDENTITY, { bytes });
    const { attachments } = sinch.fake.control.audit().orders.at(-1) ?? {};
    expect(attachments?.[PROOF_OF_IDENTITY]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('of an attachment the requirements do not name is not found', async () => {
    expect((await sinch.upload(await sinch.reserve('AU', 'MOBILE'), 'unknown')).status).toBe(404);
  });

  test('of the wrong kind is refused by field', async () => {
    const id = await sinch.reserve('DE', 'LOCAL');
    const wrong = { type: 'text/plain', documentType: 'LETTER' };
    expect(violatedFields(await sinch.upload(id, PROOF_OF_ADDRESS, wrong))).toEqual(['file', 'documentType']);
    expect((await sinch.upload(id, PROOF_OF_ADDRESS, { documentType: UTILITY_BILL })).status).toBe(200);
  });

  test('without a file, or not as a form, is refused', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    const path = `/numberOrders/${id}/attachments/${PROOF_OF_IDENTITY}`;
    const form = new FormData();
    form.set('documentType', 'PASSPORT');
    expect(violatedFields(await sinch.call('uploadAttachment', 'POST', path, form))).toEqual(['file']);
    expect(violatedFields(await sinch.call('uploadAttachment', 'POST', path, { file: '' }))).toEqual(['body']);
  });

  test('above the limit is answered 413', async () => {
    sinch.fake.control.configure({ attachmentLimitBytes: 1_000_000 });
    const id = await sinch.reserve('AU', 'MOBILE');
    const reply = await sinch.upload(id, PROOF_OF_IDENTITY, { bytes: 'x'.repeat(8_000_000) });
    expect(reply).toMatchObject({
      status: 413,
      body: { error: { status: 'CONTENT_TOO_LARGE', details: [{ resourceName: PROOF_OF_IDENTITY }] } },
    });
    expect(await statusOf(id)).toEqual([]);
  });
});
