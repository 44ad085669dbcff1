import type { Client } from '@temporalio/client';
import { bold, green, print, red } from '../local/terminal';
import { allHold, printClaims } from '../local/verdict';
import { workflowIdOf, type Outcome } from '@number-orders/contract';
import type { FollowedOrder } from './followed-order';
import { actsOf, claimsOf, type Act } from './orders';
import type { Scene } from './scene';
import { claimsOfEncryption, type CodecAccess } from './stored-request';

interface Ending {
  reference: string;
  told: Outcome;
  real: Outcome;
  /** In the order's history. */
  events: number;
  ok: boolean;
}

/** Plays the demo's orders side by side. True: all of them ended as told, and the fake Sinch agrees. */
export async function playOrders(scene: Scene, temporal: Client, codec: CodecAccess): Promise<boolean> {
  // One after the other as far as the reservation: what is planned for the next order meets no other.
  const acts = actsOf(scene);
  const begun: { act: Act; order: FollowedOrder }[] = [];
  for (const act of acts) {
    await act.prepare?.(scene);
    const order = await scene.start(act.request);
    await order.until('a reservation', ({ sinchOrderId }) => sinchOrderId !== undefined);
    begun.push({ act, order });
  }
  const endings = await Promise.all(
    begun.map(async ({ act: { told, play }, order }): Promise<Ending> => {
      await play?.(scene, order);
      const { reference } = order;
      const { outcome: real } = await order.result();
      const { historyLength: events } = await temporal.workflow.getHandle(workflowIdOf(reference)).describe();
      return { reference, told, real, events, ok: told === real };
    }),
  );
  const claims = await claimsOf(scene, acts);
  printClaims('What the fake Sinch saw', claims);
  const encryption = await claimsOfEncryption(temporal, 'au-mobile', codec);
  printClaims('What is encrypted: every payload in Temporal, every document in the store', encryption);
  printTable(endings);
  return endings.every(({ ok }) => ok) && allHold([...claims, ...encryption]);
}

function printTable(endings: readonly Ending[]): void {
  const row = (order: string, told: string, real: string, events: string) =>
    `  ${order.padEnd(15)}${told.padEnd(14)}${real.padEnd(14)}${events.padStart(17)}  `;
  print(
    '',
    bold(`${row('order', 'told ending', 'real ending', 'events in history')}ok`),
    ...endings.map(
      ({ reference, told, real, events, ok }) =>
        row(reference, told, real, `${events}`) + (ok ? green('yes') : red('NO')),
    ),
  );
}
