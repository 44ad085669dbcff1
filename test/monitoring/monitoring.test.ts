import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { documentedMetrics, documentedSdkMetrics } from '../support/documented-metrics';

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
interface Board {
  uid: string;
  panels: { title: string; type: string; datasource?: { uid: string }; targets?: { expr: string }[] }[];
  templating: { list: { query: string; datasource: { uid: string } }[] };
}

const folder = join(__dirname, '../../monitoring');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const rules = (parse(read('prometheus/rules.yml')) as Rules).groups.flatMap((group) => group.rules);
const board = JSON.parse(read('grafana/dashboards/number-orders.json')) as Board;
const boardQueries = board.panels
  .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  .concat(board.templating.list.map(({ query }) => query));

/** The metrics a query names, as docs/metrics.md names them: without what a histogram appends. */
const metricsIn = (query: string) =>
  [...query.matchAll(/\b(?:number_orders|temporal)_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
const documented = [...documentedMetrics().map(({ name }) => name), ...documentedSdkMetrics()];

const promtool = (...args: string[]) => {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: join(folder, 'prometheus'),
    encoding: 'utf8',
  });
  return { found: error === undefined, status, output: stdout + stderr };
};

// In CI a missing promtool fails: .ci/run has installed it.
const withPromtool = promtool('--version').found || process.env.CI === 'true' ? it : it.skip;
const need = 'promtool, which comes with Prometheus (on Debian: apt-get install prometheus)';

describe('the alert rules', () => {
  withPromtool(`are valid, by ${need}`, () => {
    expect(promtool('check', 'rules', '--lint=all', '--lint-fatal', 'rules.yml')).toMatchObject({ status: 0 });
    expect(promtool('check', 'config', 'prometheus.yml')).toMatchObject({ status: 0 });
  });

  withPromtool(`fire when they should and at no other time, by ${need}`, () => {
    expect(promtool('test', 'rules', 'rules.test.yml')).toMatchObject({ status: 0 });
  });

  it('are the same in the Helm chart (if not, copy rules.yml to deploy/helm/number-orders/files)', () => {
    expect(read('../deploy/helm/number-orders/files/rules.yml')).toBe(read('prometheus/rules.yml'));
  });

  it('are tested, each of them', () => {
    const tried = read('prometheus/rules.test.yml');
    expect(rules.filter(({ alert }) => !tried.includes(alert))).toEqual([]);
  });

  it('use only documented metrics, and each says what to do', () => {
    for (const { expr, annotations } of rules) {
      expect(documented).toEqual(expect.arrayContaining(metricsIn(expr)));
      expect(annotations.description).toMatch(/\w/);
    }
  });
});

describe('the Grafana board', () => {
  it('is the same in the Helm chart (if not, copy number-orders.json to deploy/helm/number-orders/files/dashboards)', () => {
    const path = 'dashboards/number-orders.json';
    expect(read(`../deploy/helm/number-orders/files/${path}`)).toBe(read(`grafana/${path}`));
  });

  it('shows only documented metrics, and all of our own', () => {
    const shown = boardQueries.flatMap(metricsIn);
    expect(documented).toEqual(expect.arrayContaining(shown));
    expect(shown).toEqual(expect.arrayContaining(documentedMetrics().map(({ name }) => name)));
  });

  it('uses the data source that is provisioned', () => {
    const provisioned = parse(read('grafana/provisioning/datasources/prometheus.yml')) as {
      datasources: { uid: string }[];
    };
    const uids = [
      ...board.panels.map(({ datasource }) => datasource),
      ...board.templating.list.map((v) => v.datasource),
    ]
      .filter((datasource) => datasource !== undefined)
      .map(({ uid }) => uid);
    expect(new Set(uids)).toEqual(new Set(provisioned.datasources.map(({ uid }) => uid)));
    expect(readdirSync(join(folder, 'grafana/dashboards'))).toEqual([`${board.uid}.json`]);
  });

  withPromtool(`asks in valid PromQL, by ${need}`, () => {
    const queries = board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const asRules = queries.map((expr, index) => ({
      record: `query_${index}`,
      expr: expr.replaceAll(/\$__(range|rate_interval)/g, '5m').replaceAll('$region', '.*'),
    }));
    const file = join(mkdtempSync(join(tmpdir(), 'board-')), 'queries.yml');
    writeFileSync(file, stringify({ groups: [{ name: 'board', rules: asRules }] }));
    expect(promtool('check', 'rules', file)).toMatchObject({ status: 0 });
  });
});
