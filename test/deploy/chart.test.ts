import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { version } from '../../package.json';
import { SETTINGS, type Setting } from '../../src/config/settings-table';
import { chart, example, examples, helm, render } from './helm';
import { type Manifest, type Pod, podsOf } from './manifests';
import { kubernetesObjections, operatorsObjections, triggers } from './schemas';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The oldest that Chart.yaml allows, and the newest that kubernetes-validate knows. */
const KUBERNETES = ['1.30', '1.37'];
const settings = Object.entries(SETTINGS) as [string, Setting][];
const secrets = settings.flatMap(([name, { secret }]) => (secret ? [name] : []));
/** Besides our own settings: what the Temporal SDK, the AWS SDK and Node read. */
const FOREIGN = /^(TEMPORAL_TLS(_\w+)?|AWS_\w+|NODE_ENV)$/;

const ofKind = (manifests: Manifest[], kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const selects = (selector: Record<string, string>, { labels }: Pod) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

describe.each(examples)('the chart with examples/%s', (name) => {
  let manifests: Manifest[];
  let pods: Pod[];
  beforeAll(async () => {
    manifests = await render('--values', example(name));
    pods = podsOf(manifests);
  });

  it('passes helm lint', async () => {
    await expect(helm('lint', '--strict', chart, '--values', example(name))).resolves.toContain('0 chart(s) failed');
  });

  it.each(KUBERNETES)('renders resources that Kubernetes %s accepts', async (kubernetes) => {
    const rendered = await render('--values', example(name), '--kube-version', kubernetes);
    expect(kubernetesObjections(rendered, kubernetes)).toBe('');
  });

  it('renders resources that their operators accept', () => {
    expect(operatorsObjections(manifests)).toEqual([]);
  });

  it('sets only settings that exist, and mounts secrets only as files', () => {
    for (const { spec } of pods) {
      const [{ env, volumeMounts }] = spec.containers;
      const unknown = env.filter(({ name: variable }) => {
        const setting = variable.replace(/_FILE$/, '');
        return !FOREIGN.test(variable) && !settings.some(([known]) => known === setting);
      });
      expect(unknown).toEqual([]);
      expect(env.filter(({ name: variable }) => secrets.includes(variable))).toEqual([]);
      const mounted = volumeMounts.map(({ mountPath }) => mountPath);
      for (const { name: variable, value } of env) {
        if (!/_(FILE|PATH)$/.test(variable)) continue;
        expect(mounted.filter((path) => value.startsWith(`${path}/`))).toHaveLength(1);
      }
    }
  });

  it('runs nothing as root, with a writable image or with a privilege it does not need', () => {
    for (const { spec } of pods) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('has an account and a network policy for each process, and a disruption budget for each that keeps running', () => {
    const accounts = ofKind(manifests, 'ServiceAccount').map(({ metadata }) => metadata.name);
    type Selecting = { podSelector?: { matchLabels: Record<string, string> }; selector?: Selecting['podSelector'] };
    const selectors = (kind: string) =>
      ofKind(manifests, kind).map(({ spec }) => {
        const { podSelector, selector } = spec as Selecting;
        return (podSelector ?? selector)!.matchLabels;
      });
    for (const pod of pods) {
      expect(accounts).toContain(pod.spec.serviceAccountName);
      expect(selectors('NetworkPolicy').filter((selector) => selects(selector, pod))).toHaveLength(1);
      if (!pod.spec.containers[0].livenessProbe) continue;
      expect(selectors('PodDisruptionBudget').filter((selector) => selects(selector, pod))).toHaveLength(1);
      expect(pod.spec.topologySpreadConstraints).toHaveLength(2);
    }
  });

  it('sends requests, probes and scrapes to ports that exist', () => {
    for (const { labels, spec } of pods) {
      const [{ ports = [], livenessProbe, readinessProbe, startupProbe }] = spec.containers;
      const names = ports.map((port) => port.name);
      for (const probe of [livenessProbe, readinessProbe, startupProbe]) {
        if (probe) expect(names).toContain(probe.httpGet.port);
      }
      const service = ofKind(manifests, 'Service').find(
        ({ metadata }) => metadata.labels['app.kubernetes.io/component'] === labels['app.kubernetes.io/component'],
      );
      const served = (service?.spec as { ports: { targetPort: string }[] } | undefined)?.ports ?? [];
      expect(names).toEqual(expect.arrayContaining(served.map(({ targetPort }) => targetPort)));
    }
  });

  it('scales by triggers that KEDA knows', () => {
    type Trigger = { type: string; metadata: object };
    for (const { spec } of ofKind(manifests, 'ScaledObject')) {
      const scaled = spec as { scaleTargetRef: { name: string }; triggers: Trigger[] };
      expect(ofKind(manifests, 'Deployment').map(({ metadata }) => metadata.name)).toContain(
        scaled.scaleTargetRef.name,
      );
      for (const { type, metadata } of scaled.triggers) {
        expect(triggers[type]!.metadata).toEqual(expect.arrayContaining(Object.keys(metadata)));
      }
    }
    for (const { spec } of ofKind(manifests, 'TriggerAuthentication')) {
      const { secretTargetRef } = spec as { secretTargetRef: { parameter: string }[] };
      expect(triggers.temporal!.authentication).toEqual(
        expect.arrayContaining(secretTargetRef.map(({ parameter }) => parameter)),
      );
    }
  });
});

describe('the chart', () => {
  it('contains the alert rules and dashboards of monitoring/ when it is packaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chart-'));
    await helm('package', chart, '--destination', folder);
    execFileSync('tar', ['-xzf', join(folder, `number-orders-${version}.tgz`)], { cwd: folder });
    const packaged = (path: string) => readFileSync(join(folder, 'number-orders/files', path), 'utf8');
    expect(packaged('rules.yml')).toBe(read('monitoring/prometheus/rules.yml'));
    const board = 'dashboards/number-orders.json';
    expect(packaged(board)).toBe(read(`monitoring/grafana/${board}`));
    rmSync(folder, { recursive: true });
  });

  it('renders the alert rules and dashboards unchanged', async () => {
    const manifests = await render('--values', example('self-hosted.yaml'));
    expect(ofKind(manifests, 'PrometheusRule')[0]?.spec).toEqual(parse(read('monitoring/prometheus/rules.yml')));
    const board = ofKind(manifests, 'ConfigMap')[0]?.data?.['number-orders.json'] ?? '';
    expect(JSON.parse(board)).toEqual(JSON.parse(read('monitoring/grafana/dashboards/number-orders.json')));
  });

  it('has the version of this package', () => {
    expect(parse(read('deploy/helm/number-orders/Chart.yaml'))).toMatchObject({ version, appVersion: version });
  });

  it('accepts every secret that its processes have a setting for', () => {
    const schema = JSON.parse(read('deploy/helm/number-orders/values.schema.json')) as {
      properties: { secrets: { properties: object } };
    };
    // With it a service asks the intake for links; no process of the chart does.
    const ofProcesses = secrets.filter((name) => name !== 'NUMBER_ORDERS_INTAKE_TOKEN');
    expect(Object.keys(schema.properties.secrets.properties)).toEqual(expect.arrayContaining(ofProcesses));
  });

  it('gives workers the keys that sign links to the KYC page when the intake runs', async () => {
    const pods = podsOf(await render('--values', example('self-hosted.yaml')));
    const holders = pods.filter(({ spec }) =>
      spec.containers[0].env.some(({ name }) => name === 'NUMBER_ORDERS_INTAKE_KEYS_FILE'),
    );
    const owners = ['number-orders-intake', 'number-orders-worker', 'number-orders-worker-doctor'];
    expect(holders.map(({ owner }) => owner).sort()).toEqual(owners);
  });

  it.each([
    ['worker.replica=3', /replica' not allowed|additional properties 'replica'/],
    ['temporal.address=https://temporal.example', /temporal\/address/],
    ['settings.SINCH_KEY_SECRET=plain', /settings/],
    ['settings.NUMBER_ORDERS_ENCRYPTION_KEYS=plain', /settings/],
    ['store.url=file:/documents', /existingClaim/],
    ['callbacks.enabled=true', /secrets.SINCH_CALLBACK_SECRET is missing/],
    ['intake.enabled=true', /intake.publicUrl is missing/],
    ['codec.enabled=true,codec.ingress.enabled=true', /codec.ingress.host is missing/],
  ])('refuses %s, and says what is wrong', async (values, told) => {
    await expect(render('--values', example('temporal-cloud.yaml'), '--set', values)).rejects.toThrow(told);
  });

  it('gives each worker version its own Deployment, and the Worker Controller the same pods', async () => {
    const versions = podsOf(await render('--values', example('worker-versions.yaml'))).filter(({ spec }) =>
      spec.containers[0].command.includes('worker'),
    );
    expect(versions.map(({ owner }) => owner)).toEqual(['number-orders-worker-1-1-0', 'number-orders-worker-1-0-0']);
    const of = (pod: Pod) => Object.fromEntries(pod.spec.containers[0].env.map(({ name, value }) => [name, value]));
    expect(versions.map((pod) => of(pod).NUMBER_ORDERS_BUILD_ID)).toEqual(['1.1.0', '1.0.0']);
    expect(versions.map(({ spec }) => spec.containers[0].image.split(':')[1])).toEqual(['1.1.0', '1.0.0']);

    const [controlled] = podsOf(await render('--values', example('worker-controller.yaml')));
    const [plain] = podsOf(await render('--values', example('temporal-cloud.yaml')));
    const { env, volumes, ...container } = { ...plain!.spec.containers[0], volumes: plain!.spec.volumes };
    expect(controlled!.spec.containers[0]).toMatchObject({ ...container, env: expect.any(Array) });
    // What the controller sets itself: twice, and the pod would be refused.
    const left = env.filter(({ name }) => !/^TEMPORAL_(ADDRESS|NAMESPACE|API_KEY_FILE)$/.test(name));
    expect(controlled!.spec.containers[0].env).toEqual(left);
    expect(controlled!.spec.volumes).toHaveLength(volumes.length);
  });
});
