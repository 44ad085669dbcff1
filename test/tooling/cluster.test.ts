import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALLED_BACK_AT, readCompose } from '../../proof/cluster/compose';

const root = join(__dirname, '../..');

/** What the set-up builds, which is plain JavaScript, as `name` and the version it asks Go for. */
function built(): Record<string, string> {
  const source = `
    import * as tools from '${root}/scripts/setup/temporal-server.mjs';
    console.log(JSON.stringify(Object.fromEntries(Object.values(tools).map(({ name, version }) => [name, version]))));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, string>;
}

describe('The cluster', () => {
  const { versions, historyShards, dynamicConfig, scripts } = readCompose(
    readFileSync(join(root, 'docker-compose.yml'), 'utf8'),
  );

  it('runs the same versions as docker-compose.yml', () => {
    expect(built()).toEqual({
      [`temporal-server-${versions.temporal}`]: `v${versions.temporal}`,
      [`temporal-sql-tool-${versions.temporal}`]: `v${versions.temporal}`,
      [`temporal-ui-server-${versions.ui}`]: `v${versions.ui}`,
    });
  });

  it('creates the schemas that are built into the SQL tool, because it has no image with their folders', () => {
    expect(scripts.schema).toContain('--schema-name "postgresql/v12/$schema"');
  });

  it('is set up like docker-compose.yml: shards, dynamic configuration, retention', () => {
    expect(historyShards).toBeGreaterThanOrEqual(512);
    expect(dynamicConfig).toContain('limit.maxIDLength:');
    expect(dynamicConfig.split(CALLED_BACK_AT)).toHaveLength(3);
    expect(scripts.namespace).toMatch(/namespace create --namespace default --retention \d+d/);
  });
});
