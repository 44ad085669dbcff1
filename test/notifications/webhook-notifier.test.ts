import { Webhook } from 'standardwebhooks';
import { NoNotifier } from '../../src/notifications/no-notifier';
import { NotificationRefusedError, type Notification } from '../../src/notifications/notifier';
import { WebhookNotifier, type WebhookNotifierOptions } from '../../src/notifications/webhook-notifier';
import { startHttpsReceiver, type HttpsReceiver, type ReceivedRequest } from './https-receiver';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let receiver: HttpsReceiver;

beforeEach(async () => {
  receiver = await startHttpsReceiver();
});
afterEach(() => receiver.close());

const notifier = (more: Partial<WebhookNotifierOptions> = {}) =>
  new WebhookNotifier({
    secret,
    allowedHosts: [receiver.host],
    userAgent: 'number-orders/test',
    agent: receiver.agent,
    ...more,
  });

/** The notifier as it runs in production, but for the hosts it may post to. */
const productionNotifier = (...allowedHosts: string[]) =>
  new WebhookNotifier({ secret, allowedHosts, userAgent: 'number-orders/test' });

const notification = (url = `https://${receiver.host}/hooks/token-in-path?key=token-in-query`): Notification => ({
  id: 'order-1.1.reserved',
  type: 'order.reserved',
  time: '2026-01-31T18:00:00Z',
  url,
  reference: 'order-1',
  data: {
    stage: 'AWAITING_KYC',
    attempt: 1,
    phoneNumbers: ['+61491570156'],
    missingTitles: [],
    missing: ['registration'],
  },
});

function theOne(received: ReceivedRequest[]): ReceivedRequest {
  const [request] = received;
  if (!request || received.length > 1) throw new Error(`expected one request, received ${received.length}`);
  return request;
}

/** The error a delivery ends with; every one must keep quiet about the URL's path and the body. */
async function failureOf(delivery: Promise<void>): Promise<Error> {
  const error: unknown = await delivery.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('the delivery was expected to fail');
  expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/token-in|\+6149/);
  return error;
}

describe('A requester is notified', () => {
  it('with a CloudEvent that names the order and the occasion', async () => {
    await notifier().notify(notification());
    const request = theOne(receiver.received);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hooks/token-in-path?key=token-in-query',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', 'user-agent': 'number-orders/test' },
    });
    expect(JSON.parse(request.body)).toEqual({
      specversion: '1.0',
      id: 'order-1.1.reserved',
      source: 'number-orders',
      type: 'order.reserved',
      time: '2026-01-31T18:00:00Z',
      subject: 'order-1',
      datacontenttype: 'application/json',
      data: notification().data,
    });
  });

  it('with a request that any Standard Webhooks library can verify', async () => {
    await notifier().notify(notification());
    const { headers, body } = theOne(receiver.received);
    expect(headers['webhook-id']).toBe('order-1.1.reserved');
    const library = new Webhook(secret);
    expect(library.verify(body, headers as Record<string, string>)).toMatchObject({ subject: 'order-1' });
    expect(() => library.verify(`${body} `, headers as Record<string, string>)).toThrow('No matching signature');
  });

  it('with the same webhook-id at every delivery of one occasion', async () => {
    await notifier().notify(notification());
    await notifier().notify(notification());
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      'order-1.1.reserved',
      'order-1.1.reserved',
    ]);
  });

  it('without the notifier reading a long answer', async () => {
    receiver.answerWith((response) => response.writeHead(200).write('endless '.repeat(10_000)));
    await expect(notifier().notify(notification())).resolves.toBeUndefined();
  });
});

describe('A delivery is tried again later', () => {
  it.each([302, 400, 404, 429, 500])('when the receiver answers %d', async (status) => {
    receiver.answerWith((response) => response.writeHead(status, { location: `https://${receiver.host}/else` }).end());
    const error = await failureOf(notifier().notify(notification()));
    expect(error).not.toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toBe(`${receiver.host} answered ${status}`);
    expect(receiver.received).toHaveLength(1);
  });

  it('when the receiver does not answer in time', async () => {
    receiver.answerWith(() => undefined);
    const error = await failureOf(notifier({ timeoutMs: 300 }).notify(notification()));
    expect(error).not.toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toBe(`${receiver.host} did not answer within 300 ms`);
  });

  it('when the receiver cannot be reached', async () => {
    await receiver.close();
    const error = await failureOf(notifier().notify(notification()));
    expect(error).not.toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toBe(`${receiver.host} could not be reached (ECONNREFUSED)`);
    receiver = await startHttpsReceiver();
  });

  it('when the certificate is not trusted', async () => {
    const { agent } = receiver;
    const { ca: _ca, ...untrusting } = agent.options;
    agent.options = untrusting;
    const error = await failureOf(notifier().notify(notification()));
    expect(error).not.toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toMatch(/could not be reached \(.*SELF_SIGNED.*\)/);
    expect(receiver.received).toHaveLength(0);
  });
});

describe('A notification is refused and not retried', () => {
  it('when the receiver answers 410', async () => {
    receiver.answerWith((response) => response.writeHead(410).end());
    const error = await failureOf(notifier().notify(notification()));
    expect(error).toBeInstanceOf(NotificationRefusedError);
  });

  it.each([
    ['is no URL', 'token-in-nothing', 'is not a URL'],
    ['is not https', 'http://hooks.example.com/token-in-path', 'must be an https URL'],
    ['holds a password', 'https://user:token-in-password@hooks.example.com/', 'must not hold a user'],
    ['names an address', 'https://127.0.0.1/token-in-path', 'must name a host, not an address'],
    ['names an address in disguise', 'https://2130706433/token-in-path', 'must name a host, not an address'],
    ['names an IPv6 address', 'https://[::1]/token-in-path', 'must name a host, not an address'],
    ['names a host that is not listed', 'https://example.org/token-in-path', 'NUMBER_ORDERS_NOTIFICATION_HOSTS'],
    [
      'names a port that is not listed',
      'https://hooks.example.com:8443/token-in-path',
      'NUMBER_ORDERS_NOTIFICATION_HOSTS',
    ],
    ['only begins like a listed host', 'https://hooks.example.com.evil.org/', 'NUMBER_ORDERS_NOTIFICATION_HOSTS'],
  ])('when its URL %s', async (_name, url, message) => {
    const hosts = ['hooks.example.com', '127.0.0.1', '2130706433', '[::1]'];
    const error = await failureOf(notifier({ allowedHosts: hosts }).notify(notification(url)));
    expect(error).toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toContain(message);
  });

  it('when a listed host resolves to loopback, which is found at the connection itself', async () => {
    const error = await failureOf(productionNotifier(receiver.host).notify(notification()));
    expect(error).toBeInstanceOf(NotificationRefusedError);
    expect(error.message).toContain('is not a public address');
    expect(receiver.received).toHaveLength(0);
  });
});

describe('The notification secret', () => {
  it.each(['', 'whsec_', 'not-a-secret', 'whsec_dG9vIHNob3J0', `whsec_${'*'.repeat(44)}`])(
    'is refused with a remedy, and not quoted, when it is %p',
    (wrong) => {
      const start = () => new WebhookNotifier({ secret: wrong, allowedHosts: [], userAgent: 'number-orders/test' });
      expect(start).toThrow('openssl rand -base64 32');
      if (wrong.length > 'whsec_'.length) expect(start).not.toThrow(wrong);
    },
  );

  it('can be left out, and then notifications are not sent and orders are not affected', async () => {
    await expect(new NoNotifier().notify()).resolves.toBeUndefined();
  });
});
