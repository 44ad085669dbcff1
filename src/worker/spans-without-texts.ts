import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

/**
 * Exports spans without error texts: a message may quote KYC, and many people read tracing backends. The type stays; the text is
 * in Temporal.
 */
export class WithoutTexts implements SpanExporter {
  constructor(private readonly exporter: SpanExporter) {}

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    this.exporter.export(spans.map(withoutTexts), done);
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}

function withoutTexts(span: ReadableSpan): ReadableSpan {
  const events = span.events.map(({ attributes, ...event }) => ({
    ...event,
    attributes: { 'exception.type': attributes?.['exception.type'] },
  }));
  // A span's methods are on its prototype, so it is wrapped rather than copied.
  return Object.create(span, {
    status: { value: { code: span.status.code } },
    events: { value: events },
  }) as ReadableSpan;
}
