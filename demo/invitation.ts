import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { quote, shellEnvironment } from '../local/environment';
import { PROOF_OF_IDENTITY } from './kyc';
import { bold, cyan, dim, print } from '../local/terminal';
import type { NumberOrdersClient } from '../src/client';
import type { OpenSurroundings } from './surroundings';

/** Commands that work as printed, from the root of the repository, one after the other. */
const commands = (environmentFile: string) => `
# Both command lines then speak to this demo
. ${quote(environmentFile)}

# An Australian number with the project's own command line: refused, corrected, bought
npx number-orders doctor
npx number-orders start --reserve demo/examples/au-mobile.json
npx number-orders register visitor-au demo/examples/au-registration-with-mistakes.json
npx number-orders register visitor-au demo/examples/au-registration.json
npx number-orders attach visitor-au demo/examples/identity.pdf --id ${PROOF_OF_IDENTITY}
npx number-orders watch visitor-au

# A British one with nothing but Temporal's own and JSON files
temporal workflow start --type numberOrder --task-queue number-orders --workflow-id number-order-visitor-gb \\
  --id-conflict-policy UseExisting --id-reuse-policy RejectDuplicate --input-file demo/examples/gb-mobile.json
temporal workflow update execute --workflow-id number-order-visitor-gb --name reservation -o json
temporal workflow query --workflow-id number-order-visitor-gb --name order -o json
temporal workflow signal --workflow-id number-order-visitor-gb --name registration \\
  --input-file demo/examples/gb-registration.json
temporal workflow result --workflow-id number-order-visitor-gb

# A third, to be cancelled
npx number-orders start demo/examples/de-local.json
temporal workflow update execute --workflow-id number-order-visitor-de --name reread \\
  --input-file demo/examples/operator.json
temporal workflow signal --workflow-id number-order-visitor-de --name cancel --input-file demo/examples/operator.json
npx number-orders result visitor-de
npx number-orders list

# What the fake Sinch saw, and how to have it misbehave: docs/fake-sinch.md
curl -s $FAKE/__control/audit
curl -s $FAKE/__control/orders/next -d '{"review":["BLOCK","APPROVE"],"message":"Another document, please"}'
`;

/** An order that waits for its KYC, and the link to its page. */
async function kycLink(orders: NumberOrdersClient): Promise<string> {
  const reference = 'visitor-page';
  const selection = { phoneNumber: '+61480000031' };
  await orders.reserve({ reference, regionCode: 'AU', numberType: 'MOBILE', selection });
  return (await orders.kycLink(reference)).url;
}

/** Tells a visitor what there is to try. */
export async function printInvitation(opened: OpenSurroundings): Promise<void> {
  const { orders, settings, fakeSinch, uiUrl, temporalCli, folder } = opened;
  const environmentFile = join(folder, 'environment.sh');
  await writeFile(environmentFile, shellEnvironment(settings, fakeSinch, dirname(temporalCli)));
  print(
    '',
    bold('Everything goes on running. In another terminal, from the root of the repository:'),
    ...commands(environmentFile)
      .split('\n')
      .map((line) => (line.startsWith('#') ? dim(line) : cyan(line))),
    `${bold('Temporal UI')}  ${uiUrl}`,
    `${bold('KYC page')}     ${await kycLink(orders)}`,
    dim(
      '             of the order visitor-page: fill it in as a customer would; any PDF is a passport to the fake Sinch',
    ),
    `${bold('Ctrl-C')}       ends it all`,
  );
}
