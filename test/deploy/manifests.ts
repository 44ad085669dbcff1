/** The parts of what the chart renders that tests look at. */

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  spec?: unknown;
  data?: Record<string, string>;
}

export interface Probe {
  httpGet: { path: string; port: string };
}

export interface Container {
  name: string;
  image: string;
  workingDir: string;
  command: string[];
  env: { name: string; value: string }[];
  ports?: { name: string; containerPort: number }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  securityContext: object;
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}

interface SecretItems {
  items?: { key: string; path: string }[];
}

export interface Volume {
  name: string;
  emptyDir?: object;
  persistentVolumeClaim?: { claimName: string };
  secret?: SecretItems & { secretName: string };
  projected?: { sources: { secret: SecretItems & { name: string } }[] };
}

export interface PodSpec {
  serviceAccountName: string;
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext: { runAsUser: number; runAsGroup: number; runAsNonRoot: boolean };
  topologySpreadConstraints?: { topologyKey: string }[];
  containers: [Container];
  volumes: Volume[];
}

export interface Pod {
  /** Of the Deployment, the Job or whatever runs it. */
  owner: string;
  labels: Record<string, string>;
  spec: PodSpec;
}

/** Every pod that there will be, whatever starts it. */
export function podsOf(manifests: Manifest[]): Pod[] {
  return manifests.flatMap(({ kind, metadata, spec }) => {
    if (kind === 'Pod') return [{ owner: metadata.name, labels: metadata.labels, spec: spec as PodSpec }];
    const { template } = (spec ?? {}) as { template?: { metadata: Manifest['metadata']; spec: PodSpec } };
    if (!['Deployment', 'Job', 'WorkerDeployment'].includes(kind) || !template) return [];
    return [{ owner: metadata.name, labels: template.metadata.labels, spec: template.spec }];
  });
}
