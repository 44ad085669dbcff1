import type { HttpServer, ListenAddress } from '../http/serve-app';
import { serveApp } from '../http/serve-app';
import { createIntake } from './http/app';
import type { Intake } from './http/intake';

/** Enough for a large document over a slow mobile network. Idle connections end after a minute. */
const REQUEST_ARRIVES_WITHIN_MS = 30 * 60_000;

/** @throws {Error} when the address cannot be listened on. */
export function serveIntake(intake: Intake, listen: ListenAddress): Promise<HttpServer> {
  return serveApp(createIntake(intake), listen, { requestArrivesWithinMs: REQUEST_ARRIVES_WITHIN_MS });
}
