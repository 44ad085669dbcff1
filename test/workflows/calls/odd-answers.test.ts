import { auMobile, auRegistration, gbMobile, proofOfIdentity, usLocal } from '../../support/kyc';
import { numberReleasedUnlinked } from '../../support/sinch-documented';
import { SinchProxy, type Exchange, type OtherAnswer } from '../../support/sinch-proxy';
import { pollsEvery } from '../../support/order-stand';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

type Body = Record<string, unknown>;

const isOrder = ({ method, url }: Exchange) =>
  /:createNumberOrder$|\/submit$/.test(url.pathname) ||
  (method === 'GET' && /\/numberOrders\/[^/]+$/.test(url.pathname));

describe('an order that gets undocumented answers from Sinch', () => {
  const { stand, open } = standToOpen(devServer);
  let proxy: SinchProxy;

  beforeEach(async () => {
    proxy = await SinchProxy.before();
    await open({ sinch: { numbersUrl: proxy.url }, ports: { polls: pollsEvery(100) } });
    proxy.target = stand.fake.url;
  });
  afterEach(() => proxy.close());

  /** Changes what Sinch answers of orders, wherever it does. */
  const changeOrders = (change: (order: Body) => Body, status = 200) => {
    proxy.change = (exchange) =>
      isOrder(exchange) && exchange.status === 200
        ? { status, body: change(JSON.parse(exchange.responseBody) as Body) }
        : undefined;
  };
  const withPrice = (numberPrice: unknown) => (order: Body) => ({
    ...order,
    orderNumbers: (order.orderNumbers as Body[]).map((number) => ({ ...number, numberPrice })),
  });

  it.each<[string, (order: Body) => Body]>([
    ['prices as numbers', withPrice({ setupPrice: { currencyCode: 'EUR', amount: 1.5 }, paymentIntervalMonths: '1' })],
    ['prices as objects', withPrice({ setupPrice: { currencyCode: 'EUR', amount: { units: 1 } }, monthlyPrice: null })],
    ['prices as a text', withPrice('1.50 EUR')],
    ['no region and no type', ({ regionCode: _region, numberType: _type, ...order }) => order],
    [
      'times of nine digits and no zone',
      (order) => ({ ...order, createTime: `${String(order.createTime).slice(0, 19)}.123456789` }),
    ],
    ['times with +00', (order) => ({ ...order, expireTime: `${String(order.expireTime).slice(0, 19)}+00` })],
    ['invalid times', (order) => ({ ...order, expireTime: 'in two days', createTime: {}, updateTime: 7 })],
    [
      'entries that are no numbers',
      (order) => ({ ...order, orderNumbers: [null, {}, ...(order.orderNumbers as Body[]), 7] }),
    ],
    [
      'numbers as plain texts',
      (order) => ({ ...order, orderNumbers: (order.orderNumbers as Body[]).map(({ phoneNumber }) => phoneNumber) }),
    ],
  ])('is still reserved once and completed: %s', async (_name, change) => {
    changeOrders(change, 201);
    const reference = await stand.start(usLocal);

    const { outcome, phoneNumbers } = await stand.client.result(reference);

    expect(outcome).toBe('COMPLETED');
    expect(stand.fake.control.audit().orders).toMatchObject([{ phoneNumbers, submits: 1 }]);
    await stand.checkHistory(reference);
  });

  it('shows the price that can be read', async () => {
    changeOrders(withPrice({ setupPrice: { currencyCode: 'EUR', amount: 1.5 }, monthlyPrice: {} }));
    const reference = await stand.start(gbMobile);
    const { prices, phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const [phoneNumber] = phoneNumbers;
    expect(prices).toEqual([{ phoneNumber, setupPrice: { currencyCode: 'EUR', amount: '1.5' } }]);
    await stand.client.cancel(reference, { reason: 'enough seen' });
  });

  it('sends its KYC whatever a 2xx answer contains, and waits for its documents among invalid ones', async () => {
    const answers: [RegExp, string, OtherAnswer][] = [
      [/\/registration$/, 'PUT', { status: 204, body: '' }],
      [/\/attachments\/[^/]+$/, 'POST', { status: 201, body: 'Uploaded', contentType: 'text/plain' }],
    ];
    proxy.change = ({ method, url, status, responseBody }) => {
      if (status !== 200) return undefined;
      if (method === 'GET' && url.pathname.endsWith('/registration')) {
        const { attachments, requestDetails } = JSON.parse(responseBody) as {
          attachments: unknown[];
          requestDetails: Body;
        };
        const odd = [null, { fileName: 'no-id.pdf' }, { attachmentId: null }];
        return {
          status,
          body: { ...requestDetails, attachments: [...odd, ...attachments], logs: [null, { message: null }] },
        };
      }
      return answers.find(([path, verb]) => verb === method && path.test(url.pathname))?.[2];
    };
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });

    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({
      status: expect.stringMatching(/ACCEPTED|KEPT/) as string,
    });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', reviewLog: [] });
    expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1, registrationPuts: 1 }]);
    await stand.checkHistory(reference);
  });

  it('is not linked while production answers null and an empty id, but is once the id is there', async () => {
    let looks = 0;
    proxy.change = ({ url, responseBody, status }) => {
      if (!/\/activeNumbers\/[^/:]+$/.test(url.pathname) || ++looks > 2) return undefined;
      const { voiceConfiguration } = numberReleasedUnlinked;
      return { status, body: { ...(JSON.parse(responseBody) as Body), voiceConfiguration } };
    };
    const reference = await stand.start({ ...usLocal, voiceConfiguration: { type: 'RTC', appId: 'app-1' } });

    const { provisioning } = await stand.client.result(reference);

    expect(provisioning).toMatchObject([{ target: 'VOICE', status: 'SUCCESS' }]);
    expect(looks).toBeGreaterThan(2);
    await stand.checkHistory(reference);
  });
});
