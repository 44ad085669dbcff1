import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { tools } from '../support/tools';
import { chart, helm, render } from './helm';

const examples = readdirSync(join(chart, 'examples'));
const example = (name: string) => join(chart, 'examples', name);

/** The oldest that Chart.yaml allows, and the newest that there is. */
const KUBERNETES = ['1.30', '1.37'];

describe.each(examples)('the chart with examples/%s', (name) => {
  it('passes helm lint', async () => {
    await expect(helm('lint', '--strict', chart, '--values', example(name))).resolves.toContain('0 chart(s) failed');
  });

  it.each(KUBERNETES)('renders what Kubernetes %s takes', async (version) => {
    const { kubernetesValidate = '' } = tools();
    const manifests = await render('--values', example(name), '--kube-version', version);
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    const files = manifests.map((manifest) => {
      const file = join(folder, `${manifest.kind}-${manifest.metadata.name}.yaml`);
      writeFileSync(file, stringify(manifest));
      return file;
    });
    const args = ['--strict', '--kubernetes-version', version, ...files];
    const { status, stdout, stderr } = spawnSync(kubernetesValidate, args, { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect({ status, told: stdout + stderr }).toMatchObject({ status: 0 });
  });
});
