import { Interruption } from '../local/interruption';
import { print } from '../local/terminal';
import { ToldError } from '../local/told-error';
import { Surroundings } from './surroundings';

/**
 * `npm run stand`: what a client in any language is tried against. A Temporal server, a codec server, a fake Sinch, a worker and
 * an intake, encrypted, on free ports. Prints the settings of such a client as one line of JSON, each under the name of its
 * environment variable, and runs until it is interrupted.
 */
async function main(): Promise<void> {
  const surroundings = new Surroundings({ temporal: 0, ui: 0 }, undefined, 'stand');
  const interruption = new Interruption();
  try {
    const { settings, fakeSinch, uiUrl } = await interruption.orElse(surroundings.open());
    print(JSON.stringify({ ...ofClients(settings), FAKE_SINCH_URL: fakeSinch, WEB_UI_URL: uiUrl }));
    await Promise.race([interruption.happened, surroundings.processes.anyDied]);
  } finally {
    await surroundings.close();
  }
}

/** Of all settings those that a client needs, or the `temporal` CLI. */
function ofClients(settings: Record<string, string>) {
  const names = /^TEMPORAL_|^NUMBER_ORDERS_(ENCRYPTION_KEYS|STORE|INTAKE_URL|INTAKE_TOKEN)$/;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.test(name)));
}

main().then(
  // Calls that still wait for the ended server are ignored.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ToldError ? error.message : error);
    process.exit(1);
  },
);
