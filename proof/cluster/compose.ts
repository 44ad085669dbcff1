import { parse } from 'yaml';

interface ComposeFile {
  services: Record<string, { image?: string; environment?: Record<string, string>; command?: string[] }>;
  configs: Record<string, { content: string }>;
}

/** The address of Nexus callbacks to the server in the dynamic configuration. */
export const CALLED_BACK_AT = 'temporal:7243';

/** The settings of Temporal and its database in docker-compose.yml, which the cluster uses without containers. */
export interface ComposeSettings {
  /** Versions of the images. */
  versions: { postgres: string; temporal: string; ui: string };
  historyShards: number;
  /** The plugin with which Temporal connects to PostgreSQL. */
  sqlPlugin: string;
  /** Temporal's dynamic configuration, as YAML. */
  dynamicConfig: string;
  /** Shell scripts that call `temporal-sql-tool` and `temporal`, and are done when they exit. */
  scripts: { schema: string; namespace: string };
}

/** @param text of docker-compose.yml */
export function readCompose(text: string): ComposeSettings {
  const { services, configs } = parse(text, { merge: true }) as ComposeFile;
  const told = <T>(what: string, value: T | undefined): T => {
    if (value === undefined) throw new Error(`docker-compose.yml does not have the ${what}.`);
    return value;
  };
  const version = (service: string) => told(`image of ${service}`, services[service]?.image?.split(':')[1]);
  const script = (service: string) => told(`command of ${service}`, services[service]?.command?.[0]);
  const temporal = services.temporal?.environment;
  return {
    versions: { postgres: version('postgres'), temporal: version('temporal'), ui: version('temporal-ui') },
    historyShards: Number(told('number of history shards', temporal?.NUM_HISTORY_SHARDS)),
    sqlPlugin: told('plugin for PostgreSQL', temporal?.DB),
    dynamicConfig: told('dynamic configuration', configs['temporal-dynamic-config']?.content),
    scripts: { schema: unescaped(script('temporal-schema')), namespace: unescaped(script('temporal-namespace')) },
  };
}

/** Compose reads `$$` as `$`, and `$` as a variable of its own. */
const unescaped = (script: string) => script.replaceAll('$$', '$');
