import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority } from '../../local/certificates';
import { readClientSettings } from '../../src/config/settings';

const withoutFile = { TEMPORAL_CONFIG_FILE: '/no/such/file' };
const read = (env: Record<string, string>) => readClientSettings({ ...withoutFile, ...env }).temporal;

function fileWith(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'temporal-')), 'file');
  writeFileSync(path, content);
  return path;
}

describe('the settings of the connection to Temporal', () => {
  it("accept answers larger than gRPC's default, so that a large order can be read", () => {
    const { connectionOptions } = read({});
    // Of gRPC's own name: under another it is not heard.
    expect(connectionOptions.channelArgs).toMatchObject({ 'grpc.max_receive_message_length': 128 * 1024 * 1024 });
  });

  it("come from the environment first, then from a profile of Temporal's configuration file", () => {
    const file = fileWith('[profile.staging]\naddress = "temporal.example:7233"\nnamespace = "orders"\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'staging', TEMPORAL_NAMESPACE: 'mine' };
    const { connectionOptions, namespace } = read(env);
    expect({ address: connectionOptions.address, namespace }).toEqual({
      address: 'temporal.example:7233',
      namespace: 'mine',
    });
  });

  it('are refused when the file is broken, without quoting it', () => {
    const broken = () => read({ TEMPORAL_CONFIG_FILE: fileWith('api_key = hunter2') });
    expect(broken).toThrow(/TEMPORAL_CONFIG_FILE.*cannot be read/);
    expect(broken).not.toThrow(/hunter2/);
  });
});

describe('the proxy for the connection to Temporal', () => {
  const proxy = { type: 'http-connect', targetHost: '127.0.0.1:9' };
  const grpc_proxy = 'http://127.0.0.1:9';

  it.each([
    ['none for what is set for Sinch', { https_proxy: grpc_proxy }, undefined],
    ["gRPC's own", { grpc_proxy }, proxy],
    [
      'with credentials',
      { grpc_proxy: 'http://me:p%40ss@p.example' },
      {
        type: 'http-connect',
        targetHost: 'p.example:80',
        basicAuth: { username: 'me', password: 'p@ss' },
      },
    ],
    ['none for a host in no_proxy', { grpc_proxy, no_proxy: 'sinch.com, .example' }, undefined],
    [
      'none for a network in no_proxy',
      { grpc_proxy, no_proxy: '10.0.0.0/8', TEMPORAL_ADDRESS: '10.1.2.3:7233' },
      undefined,
    ],
    [
      'the same for other networks',
      { grpc_proxy, no_proxy: '10.0.0.0/8,10.0.0.0/x,/', TEMPORAL_ADDRESS: '11.1.2.3:7233' },
      proxy,
    ],
    ['the same for other hosts', { grpc_proxy, no_proxy: 'localhost,' }, proxy],
    ['by no_grpc_proxy before no_proxy', { grpc_proxy, no_proxy: '.example', no_grpc_proxy: 'localhost' }, proxy],
  ])('is %s, the same for clients and workers', (_which, env, expected) => {
    const { connectionOptions } = read({ TEMPORAL_ADDRESS: 'temporal.example:7233', ...env });
    expect(connectionOptions.proxy).toEqual(expected);
    expect(connectionOptions.channelArgs).toMatchObject({ 'grpc.enable_http_proxy': expected ? 1 : 0 });
  });

  it.each(['https://me:hunter2@proxy.example', 'proxy.example:3128', 'http://'])(
    'is refused when it is %s',
    (value) => {
      expect(() => read({ grpc_proxy: value })).toThrow(/grpc_proxy must be http:\/\/host:port/);
      expect(() => read({ grpc_proxy: value })).not.toThrow(/hunter2/);
    },
  );
});

describe('the certificates of mutual TLS', () => {
  let cert: string;
  let key: string;
  let otherKey: string;
  beforeAll(async () => {
    const authority = await CertificateAuthority.make('ours');
    ({ cert, key } = await authority.issue(new Date()));
    ({ key: otherKey } = await authority.issue(new Date()));
  });

  it('are read from files or the environment, with any line ends', () => {
    const env = {
      TEMPORAL_TLS_CLIENT_CERT_DATA: cert.replaceAll('\n', '\r\n'),
      TEMPORAL_TLS_CLIENT_KEY_PATH: fileWith(key),
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: fileWith(cert.replaceAll('\n', '\r\n')),
    };
    expect(read(env).connectionOptions.tls).toMatchObject({ clientCertPair: { key: Buffer.from(key) } });
  });

  it('are named when they cannot be used', () => {
    const pair = { TEMPORAL_TLS_CLIENT_CERT_DATA: cert, TEMPORAL_TLS_CLIENT_KEY_DATA: otherKey };
    const { TEMPORAL_TLS_CLIENT_CERT_DATA, TEMPORAL_TLS_CLIENT_KEY_DATA } = pair;
    expect(() => read(pair)).toThrow('TEMPORAL_TLS_CLIENT_KEY_PATH must name the key of the certificate of');
    expect(() => read({ TEMPORAL_TLS_CLIENT_CERT_DATA })).toThrow('TEMPORAL_TLS_CLIENT_KEY_PATH is missing');
    expect(() => read({ TEMPORAL_TLS_CLIENT_KEY_DATA })).toThrow('TEMPORAL_TLS_CLIENT_CERT_PATH is missing');
    expect(() => read({ ...pair, TEMPORAL_TLS_CLIENT_CERT_DATA: key })).toThrow(
      'TEMPORAL_TLS_CLIENT_CERT_PATH must name',
    );
    expect(() => read({ TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'none' })).toThrow(
      'TEMPORAL_TLS_SERVER_CA_CERT_PATH must name',
    );
    expect(() => read({ ...pair, TEMPORAL_TLS: 'false' })).not.toThrow();
  });
});
