import { readCallbackReceiverSettings } from '../../src/config/settings';

const SINCH_CALLBACK_SECRET = 'callback-secret-0123456789abcdefgh';

describe('The callback receiver', () => {
  it('needs only its secret, and then listens on loopback and accepts callbacks from any address', () => {
    expect(readCallbackReceiverSettings({ SINCH_CALLBACK_SECRET })).toEqual({
      secret: SINCH_CALLBACK_SECRET,
      projectSecrets: new Map(),
      listen: { host: '127.0.0.1', port: 8090 },
      trustedProxies: [],
      log: { level: 'info' },
    });
  });

  it('needs only the callback secrets of further projects', () => {
    const projects = { eu: { callbackSecret: 'eu-secret-0123456789abcdefghijklm' } };
    const env = { SINCH_CALLBACK_SECRET, SINCH_PROJECTS: JSON.stringify(projects) };
    expect(readCallbackReceiverSettings(env).projectSecrets).toEqual(new Map([['eu', projects.eu.callbackSecret]]));
  });

  it('accepts lists of addresses and networks', () => {
    const env = {
      SINCH_CALLBACK_SECRET,
      NUMBER_ORDERS_CALLBACK_SENDERS: '54.76.19.159, 54.78.194.39',
      NUMBER_ORDERS_TRUSTED_PROXIES: '10.0.0.0/8,fd00::/8',
    };
    expect(readCallbackReceiverSettings(env)).toMatchObject({
      senders: ['54.76.19.159', '54.78.194.39'],
      trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
    });
  });

  it.each([
    ['has no secret', {}, 'SINCH_CALLBACK_SECRET is missing'],
    [
      'has a project without one',
      { SINCH_CALLBACK_SECRET, SINCH_PROJECTS: '{"eu":{}}' },
      'SINCH_PROJECTS: eu.callbackSecret is missing',
    ],
    ['has a secret Sinch would not take', { SINCH_CALLBACK_SECRET: 'short' }, 'SINCH_CALLBACK_SECRET must be 32 to 64'],
    [
      'has a sender that is no address',
      { SINCH_CALLBACK_SECRET, NUMBER_ORDERS_CALLBACK_SENDERS: '54.76.19.159,sinch.com' },
      'NUMBER_ORDERS_CALLBACK_SENDERS must be IP addresses or networks',
    ],
    [
      'is to listen nowhere',
      { SINCH_CALLBACK_SECRET, NUMBER_ORDERS_CALLBACK_ADDRESS: 'off' },
      'NUMBER_ORDERS_CALLBACK_ADDRESS must be host:port',
    ],
  ])('refuses to start when it %s', (_name, env, problem) => {
    expect(() => readCallbackReceiverSettings(env)).toThrow(problem);
  });
});
