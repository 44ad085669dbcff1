import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { stringify } from 'yaml';
import { tools } from '../support/tools';
import type { Manifest } from './manifests';

type Schema = Record<string, unknown>;
interface CustomResources {
  kinds: Record<string, { apiVersion: string; schema: Schema }>;
  triggers: Record<string, { metadata: string[]; authentication: string[] }>;
}

const { kinds, triggers } = JSON.parse(
  readFileSync(join(__dirname, 'custom-resources.json'), 'utf8'),
) as CustomResources;
export { triggers };

/** What kubernetes-validate says against manifests that are Kubernetes' own; empty when it says nothing. */
export function kubernetesObjections(manifests: Manifest[], version: string): string {
  const { kubernetesValidate } = tools();
  if (!kubernetesValidate) throw new Error('There is no kubernetes-validate: `npm run test:deploy` gets it.');
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  const files = manifests
    .filter(({ kind }) => !(kind in kinds))
    .map((manifest) => {
      const file = join(folder, `${manifest.kind}-${manifest.metadata.name}.yaml`);
      writeFileSync(file, stringify(manifest));
      return file;
    });
  const args = ['--strict', '--quiet', '--kubernetes-version', version, ...files];
  const { status, stdout, stderr } = spawnSync(kubernetesValidate, args, { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return status === 0 ? '' : stdout + stderr;
}

/** What the custom resource definitions of operators say against manifests of theirs. */
export function operatorsObjections(manifests: Manifest[]): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  return manifests.flatMap((manifest) => {
    const definition = kinds[manifest.kind];
    if (!definition) return [];
    const { apiVersion, schema } = definition;
    const named = `${manifest.kind} ${manifest.metadata.name}`;
    if (manifest.apiVersion !== apiVersion) return [`${named}: ${manifest.apiVersion} is not ${apiVersion}`];
    const validate = ajv.compile(closed(schema));
    validate({ ...manifest, metadata: {} });
    return (validate.errors ?? []).map(({ instancePath, message }) => `${named}${instancePath} ${message ?? ''}`);
  });
}

/** Fields that a definition does not know, Kubernetes drops without a word; here they are mistakes. */
function closed(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries({
      ...(schema.properties && !schema['x-kubernetes-preserve-unknown-fields'] ? { additionalProperties: false } : {}),
      ...schema,
    }).map(([name, value]) => [name, closedWithin(value)]),
  );
}

function closedWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closedWithin);
  return typeof value === 'object' && value !== null ? closed(value as Schema) : value;
}
