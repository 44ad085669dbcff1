import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, type BundleOptions, type WorkflowBundleOption } from '@temporalio/worker';
import { encryptsFailures } from '../data-converter/worker-data-converter';

const TRACING_MODULE = '@temporalio/interceptors-opentelemetry/lib/workflow-interceptors';

const CONTRACT = '@number-orders/contract';

export interface Sandbox {
  dataConverter: DataConverter;
  traced: boolean;
}

/** Everything that runs in the workflow sandbox, for the SDK's bundler. */
export function sandboxed({ dataConverter, traced }: Sandbox): BundleOptions {
  const { payloadConverterPath, failureConverterPath } = dataConverter;
  return {
    workflowsPath: require.resolve('../workflows'),
    workflowInterceptorModules: [
      require.resolve('../workflows/interceptors'),
      ...(traced ? [require.resolve(TRACING_MODULE)] : []),
    ],
    ...(payloadConverterPath !== undefined && { payloadConverterPath }),
    ...(failureConverterPath !== undefined && { failureConverterPath }),
    preloadModules: sharedModules(),
    webpackConfigHook: (config) => ({
      ...config,
      // Stack traces need only line numbers; the sources would be half of the bundle.
      devtool: 'inline-nosources-source-map',
      // As in this process: built, or in tests from source.
      resolve: {
        ...config.resolve,
        alias: Object.assign({}, config.resolve?.alias, { [`${CONTRACT}$`]: require.resolve(CONTRACT) }),
      },
    }),
  };
}

const WORKFLOWS = join(__dirname, '../workflows');

/** Modules that keep per-order state, and modules that import them. The linter and the boundaries check this list. */
const ONE_FOR_EACH_ORDER = /^(index|number-order|interceptors\/.*)$/;

/** Loaded once for all orders of a worker, with all their imports, rather than once for each. They hold no state of an order. */
export function sharedModules(): string[] {
  return readdirSync(WORKFLOWS, { recursive: true, encoding: 'utf8' })
    .flatMap((file) => /^([a-z-]+(?:\/[a-z-]+)*)\.[jt]s$/.exec(file)?.[1] ?? [])
    .filter((name) => !ONE_FOR_EACH_ORDER.test(name))
    .sort()
    .map((name) => require.resolve(join(WORKFLOWS, name)));
}

/**
 * There are several bundles: failures are converted within the sandbox, so encryption needs its own; and tracing adds 1.7 MB of
 * OpenTelemetry, which is only loaded for tracing.
 */
export function bundleName({ dataConverter, traced }: Sandbox): string {
  return `workflow-bundle${encryptsFailures(dataConverter) ? '-encrypted' : ''}${traced ? '-traced' : ''}.js`;
}

/** The bundle that `npm run build` wrote next to the compiled code. When run from source, the code is bundled now. */
export async function workflowBundle(sandbox: Sandbox): Promise<WorkflowBundleOption> {
  const codePath = join(__dirname, '../..', bundleName(sandbox));
  return existsSync(codePath) ? { codePath } : bundleWorkflowCode(sandboxed(sandbox));
}
