import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { Resource } from '@opentelemetry/resources';
import { NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '../local/otlp-receiver';

/** Makes spans of the demo as of any service that orders numbers, and receives them and the worker's. */
export class Tracing {
  private constructor(
    private readonly receiver: OtlpReceiver,
    private readonly provider: NodeTracerProvider,
  ) {}

  static async open(): Promise<Tracing> {
    const receiver = await startOtlpReceiver();
    const exporter = new OTLPTraceExporter({ url: `${receiver.endpoint}/v1/traces` });
    const provider = new NodeTracerProvider({
      resource: new Resource({ 'service.name': 'a-service' }),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    provider.register();
    return new Tracing(receiver, provider);
  }

  /** For the worker: spans are exported at once, so that the demo need not wait for them. */
  get workerSettings(): Record<string, string> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.receiver.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' };
  }

  /** @returns the id of the trace that what is done is in */
  async record(name: string, work: () => Promise<unknown>): Promise<string> {
    return trace.getTracer('demo').startActiveSpan(name, async (span) => {
      await work();
      span.end();
      await this.provider.forceFlush();
      return span.spanContext().traceId;
    });
  }

  /** What has arrived so far, of all services. */
  spansOf(traceId: string): ReceivedSpan[] {
    return this.receiver.spans.filter((span) => span.traceId === traceId);
  }
}
