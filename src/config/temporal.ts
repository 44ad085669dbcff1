import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { checkCertificates } from './certificates';
import { ConfigurationError } from './configuration-error';
import { grpcProxy } from './grpc-proxy';
import { invisibleInFamily } from './invisible';
import type { Environment, SettingValues } from './read-settings';
import type { TemporalSettings } from './client-types';

export const TEMPORAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_PROFILE'] as const;

/** gRPC's default is 4 MiB, but a page of an order's history can be larger. */
const LARGEST_ANSWER_BYTES = 128 * 1024 * 1024;

/** Temporal's own rules decide: environment over configuration file over defaults. */
export function temporalSettings(env: Environment, values: SettingValues<(typeof TEMPORAL)[number]>): TemporalSettings {
  const invisible = invisibleInFamily(env, 'TEMPORAL_');
  if (invisible.length > 0) throw new ConfigurationError(invisible);
  const set = Object.entries({ ...env, ...values }).filter((entry): entry is [string, string] => !!entry[1]);
  const { profile, connectionOptions, namespace } = readProfile(Object.fromEntries(set));
  if (profile.tls) checkCertificates(profile.tls, connectionOptions.tls);
  const proxy = grpcProxy(env, connectionOptions.address ?? 'localhost:7233');
  // Never by gRPC's own choice: it would take https_proxy, which is Sinch's, for its own as well.
  const channelArgs = {
    'grpc.enable_http_proxy': proxy ? 1 : 0,
    'grpc.max_receive_message_length': LARGEST_ANSWER_BYTES,
  };
  return {
    connectionOptions: { ...connectionOptions, channelArgs, ...(proxy && { proxy }) },
    namespace: namespace ?? 'default',
  };
}

function readProfile(overrideEnvVars: Record<string, string>) {
  try {
    const profile = loadClientConfigProfile({ overrideEnvVars });
    return { profile, ...toClientOptions(profile) };
  } catch (error) {
    // Only the code: a parser's message would quote the line it stopped at, API key and all.
    const code = (error as NodeJS.ErrnoException).code;
    throw new ConfigurationError([
      `TEMPORAL_CONFIG_FILE, or a file named in it or by TEMPORAL_TLS_…, cannot be read${code ? ` (${code})` : ''}: check the path and the TOML`,
    ]);
  }
}
