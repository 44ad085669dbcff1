import type { Story } from './story';

export const lostCreation: Story = {
  row: 2,
  title: 'Sinch takes the order, and answers 500',
  prologue:
    'At 02:00 Sinch reserves a number and then fails to say so: the order exists, and its id is lost. A second creation ' +
    'could reserve a second number, so nothing is tried blindly: for a specific number the order asks whether it is still ' +
    'for sale, and then waits for an operator; for a search it takes another number and reports the first.',
  tell: async (scene) => {
    const { sinch, orders, timeline } = scene;
    await sinch.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 500, when: 'AFTER' });
    const specific = await scene.start({
      reference: 'this-very-number',
      regionCode: 'US',
      numberType: 'LOCAL',
      selection: { phoneNumber: '+12125550042' },
    });
    await specific.untilStage('UNCONFIRMED');

    const [lost] = (await sinch.audit()).orders;
    const idNumberOrder = lost?.idNumberOrder ?? '';
    timeline.act(specific.reference, `an operator finds ${idNumberOrder} in Sinch's dashboard, and has it adopted`);
    await orders.adoptOrder(specific.reference, { idNumberOrder, author: 'night shift', reason: 'found at Sinch' });
    const adopted = await specific.result();

    await sinch.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const search = await scene.start({
      reference: 'any-number',
      regionCode: 'US',
      numberType: 'LOCAL',
      selection: { search: { pattern: '+1415', searchPattern: 'START' } },
    });
    const found = await search.result();
    const orphans = found.reservations.filter(({ state }) => state === 'POSSIBLY_ORPHANED');

    const audit = await sinch.audit();
    const [first, second, third] = audit.orders;
    return [
      {
        claim: 'the specific number was created once, adopted and bought',
        ok:
          adopted.outcome === 'COMPLETED' &&
          first?.state === 'COMPLETED' &&
          adopted.sinchOrderId === first.idNumberOrder,
      },
      {
        claim: 'the search took another number',
        ok: found.outcome === 'COMPLETED' && found.sinchOrderId === third?.idNumberOrder,
      },
      {
        claim: 'its lost reservation was never submitted, and the result reports it as POSSIBLY_ORPHANED',
        ok:
          second?.submits === 0 &&
          orphans.length === 1 &&
          orphans[0]?.phoneNumbers.join() === second.phoneNumbers.join(),
      },
      { claim: 'three creations in all, none repeated', ok: audit.requests.createNumberOrder?.count === 3 },
    ];
  },
};
