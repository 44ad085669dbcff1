import type { Command } from 'commander';
import type { Erasure, KycLinkOptions, NumberOrdersClient } from '../../client';
import type { OperatorAction, OperatorAnswer } from '@number-orders/contract';
import type { Cli } from '../cli';
import { idOf } from '../id-of-title';

/** What an operator does to an order. Author and reason stay visible in its history. */
export function addOperatorCommands(program: Command, cli: Cli): void {
  const send = async (act: (orders: NumberOrdersClient) => Promise<OperatorAnswer | Erasure>) => {
    const { stage = 'ERASED', detail } = await cli.withOrders(act);
    cli.print(`${stage}  ${detail}`);
  };
  const operation = (usage: string, description: string) =>
    program
      .command(usage)
      .description(description)
      .requiredOption('--author <name>', 'who asks for it')
      .requiredOption('--reason <text>', 'why');

  program
    .command('cancel <reference>')
    .description('stop an order as far as that is still possible')
    .requiredOption('--reason <text>', 'why')
    .option('--author <name>', 'who asks for it')
    .action(async (reference: string, request: { reason: string; author?: string }) => {
      await cli.withOrders((orders) => orders.cancel(reference, request));
      cli.print(`Asked ${reference} to stop; its result tells how far that was possible.`);
    });

  operation('adopt <reference> <idNumberOrder>', 'name the Sinch order that an UNCONFIRMED creation led to').action(
    (reference: string, idNumberOrder: string, action: OperatorAction) =>
      send((orders) => orders.adoptOrder(reference, { ...action, idNumberOrder })),
  );

  operation('reread <reference>', 'make the order ask Sinch now').action((reference: string, action: OperatorAction) =>
    send((orders) => orders.reread(reference, action)),
  );

  operation(
    'waive <reference> <requirement>',
    'submit without an attachment (its id, or a unique part of its title) or the "registration"',
  ).action((reference: string, requirement: string, action: OperatorAction) =>
    send(async (orders) => {
      const { missingTitles } = await orders.order(reference);
      return orders.waiveRequirement(reference, { ...action, attachmentId: idOf(missingTitles, requirement) });
    }),
  );

  operation('extend <reference> <until>', 'wait for corrected KYC until an RFC 3339 time').action(
    (reference: string, until: string, action: OperatorAction) =>
      send((orders) => orders.extendCorrectionWindow(reference, { ...action, until })),
  );

  program
    .command('kyc-link <reference>')
    .description('print a link to the KYC page, for the person who has the KYC: a secret')
    .option('--expires-in <time>', 'such as "48 hours"; 7 days when left out')
    .option('--language <tag>', 'such as de')
    .option('--return-url <url>', 'where the page links back to')
    .action(async (reference: string, options: KycLinkOptions) => {
      const { url, expiresAt } = await cli.kycLink(reference, options);
      cli.print(url, `until ${expiresAt}`);
    });

  operation('revoke-kyc-links <reference>', 'invalidate all links to the KYC page so far').action(
    (reference: string, action: OperatorAction) => send((orders) => orders.revokeKycLinks(reference, action)),
  );

  operation('erase <reference>', 'delete the data of an order that has ended; end one that is open')
    .option('--force', 'erase an open order: its KYC is dropped and it ends; then erase it again')
    .action((reference: string, { force, ...action }: OperatorAction & { force?: true }) =>
      send((orders) => orders.erase(reference, { ...action, ...(force && { force }) })),
    );
}
