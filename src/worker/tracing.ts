import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResourcesSync, envDetectorSync, Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry/lib/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { TracingSettings } from '../config/settings';
import { WithoutTexts } from './spans-without-texts';

export interface Tracing {
  /** The workflow's part is in the bundle, see workflow-bundle.ts. */
  workerOptions: Pick<WorkerOptions, 'interceptors' | 'sinks'>;
  /** Sends the remaining spans. */
  close(): Promise<void>;
}

/**
 * Switches tracing on, through OpenTelemetry's global API. Besides the settings, OpenTelemetry's own variables apply:
 * `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS` among them.
 */
export function startTracing({ url }: TracingSettings): Tracing {
  const resource = new Resource({
    ...Resource.default().attributes,
    'service.name': 'number-orders-worker',
    ...detectResourcesSync({ detectors: [envDetectorSync] }).attributes,
  });
  const processor = new BatchSpanProcessor(new WithoutTexts(new OTLPTraceExporter({ url })));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  return {
    workerOptions: {
      interceptors: {
        activity: [
          (activity) => ({
            inbound: new OpenTelemetryActivityInboundInterceptor(activity),
            outbound: new OpenTelemetryActivityOutboundInterceptor(activity),
          }),
        ],
      },
      sinks: { exporter: makeWorkflowExporter(processor, resource) },
    },
    close: async () => {
      trace.disable();
      context.disable();
      propagation.disable();
      await provider.shutdown();
    },
  };
}
