import { SinchError } from './sinch-error';
import type { SinchErrorType } from './sinch-error';

/** One call, for metrics and logs, with nothing of its request or answer. */
export interface CallReport {
  operation: string;
  correlationId: string;
  durationMs: number;
  status?: number | undefined;
  failure?: SinchErrorType | undefined;
}

export type OnCall = (report: CallReport) => void;

/** Runs a call and reports how it ended. */
export async function observed<T>(
  call: { operation: string; correlationId: string },
  onCall: OnCall | undefined,
  run: () => Promise<{ status: number; value: T }>,
): Promise<T> {
  const start = performance.now();
  const report = (end: Pick<CallReport, 'status' | 'failure'>): void => {
    try {
      onCall?.({ ...call, durationMs: performance.now() - start, ...end });
    } catch {
      // A failing metric must not lose the answer for a created order.
    }
  };
  try {
    const { status, value } = await run();
    report({ status });
    return value;
  } catch (error) {
    // Any other error comes from reading an upload's content: the call ended without Sinch.
    report(error instanceof SinchError ? { status: error.status, failure: error.type } : {});
    throw error;
  }
}
