import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '../../docs/metrics.md'), 'utf8');

export interface DocumentedMetric {
  name: string;
  type: string;
  /** In alphabetical order. */
  labels: string[];
  meaning: string;
}

const [ofWorkers = '', ofOthers = ''] = page.split('## Of the other processes');

/** Our own metrics, as the lists of docs/metrics.md have them: a worker's, or those of the other processes. */
export function documentedMetrics(of: 'worker' | 'others' = 'worker'): DocumentedMetric[] {
  const rows = (of === 'worker' ? ofWorkers : ofOthers).matchAll(
    /^- \*\*`(number_orders_\w+)`\*\*\n {2}- Type: (\w+)\n {2}- Labels: (.+)\n {2}- Meaning: (.+)$/gm,
  );
  return [...rows].map(([, name = '', type = '', labels = '', meaning = '']) => ({
    name,
    type,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label).sort(),
    meaning,
  }));
}

/** Temporal's own metrics that the page names as used by alerts and board. */
export function documentedSdkMetrics(): string[] {
  return [...page.matchAll(/`(temporal_\w+)`/g)].map(([, name = '']) => name);
}
