import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import root from '@opentelemetry/otlp-transformer/build/src/generated/root';

/** A span as it arrived, ids in hex. */
export interface ReceivedSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  /** Empty: it has none. */
  parentSpanId: string;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  attributes: Record<string, unknown>;
}

const NANOSECONDS_A_MILLISECOND = 1_000_000;

interface KeyValue {
  key: string;
  value: { stringValue?: string; intValue?: number; boolValue?: boolean };
}
interface ExportRequest {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: {
      spans: {
        name: string;
        traceId: Buffer;
        spanId: Buffer;
        parentSpanId?: Buffer;
        startTimeUnixNano: number;
        endTimeUnixNano: number;
        attributes?: KeyValue[];
      }[];
    }[];
  }[];
}

/** What the package's generated code has, which its types do not tell. */
const generated = root as unknown as {
  opentelemetry: {
    proto: {
      collector: {
        trace: {
          v1: {
            ExportTraceServiceRequest: {
              decode(body: Uint8Array): object;
              toObject(message: object, options: { longs: NumberConstructor }): ExportRequest;
            };
          };
        };
      };
    };
  };
};

export interface OtlpReceiver {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` wants it. */
  endpoint: string;
  spans: ReceivedSpan[];
  /** Every byte that came, for what must not be among them. */
  bytes(): Buffer;
  close(): Promise<void>;
}

/** A collector as far as traces go: OTLP over HTTP, in protobuf. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const known = request.method === 'POST' && request.url === '/v1/traces';
      if (known) {
        bodies.push(Buffer.concat(chunks));
        spans.push(...spansOf(Buffer.concat(chunks)));
      }
      response.writeHead(known ? 200 : 404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bytes: () => Buffer.concat(bodies),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function spansOf(body: Buffer): ReceivedSpan[] {
  const { ExportTraceServiceRequest: type } = generated.opentelemetry.proto.collector.trace.v1;
  const { resourceSpans } = type.toObject(type.decode(body), { longs: Number });
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        service: String(valuesOf(resource.attributes)['service.name']),
        name: span.name,
        traceId: span.traceId.toString('hex'),
        spanId: span.spanId.toString('hex'),
        parentSpanId: span.parentSpanId?.toString('hex') ?? '',
        start: span.startTimeUnixNano / NANOSECONDS_A_MILLISECOND,
        end: span.endTimeUnixNano / NANOSECONDS_A_MILLISECOND,
        attributes: valuesOf(span.attributes ?? []),
      })),
    ),
  );
}

function valuesOf(attributes: KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
