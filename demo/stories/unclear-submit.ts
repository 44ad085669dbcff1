import type { Story } from './story';

const usLocal = { regionCode: 'US', numberType: 'LOCAL' } as const;

export const unclearSubmit: Story = {
  row: 4,
  title: 'The line breaks while the order is submitted',
  prologue:
    'Submitting twice is not allowed, and neither is never submitting. When the answer is lost the order asks Sinch what ' +
    'state it is in: IN_REVIEW proves that it went through, CREATED (asked again, after a while) that it did not.',
  tell: async (scene) => {
    const { sinch, timeline } = scene;
    timeline.act('went-through', 'the connection will break after the submit is processed');
    await sinch.fault({ operation: 'submit', effect: 'RESET', when: 'AFTER' });
    const wentThrough = await scene.start({
      reference: 'went-through',
      ...usLocal,
      selection: { phoneNumber: '+12125550001' },
    });
    const first = await wentThrough.result();
    const submitsOfFirst = (await sinch.audit()).requests.submit?.count;

    timeline.act('got-lost', 'the connection will break before the submit is processed');
    await sinch.fault({ operation: 'submit', effect: 'RESET', when: 'BEFORE' });
    const gotLost = await scene.start({
      reference: 'got-lost',
      ...usLocal,
      selection: { phoneNumber: '+12125550002' },
    });
    const second = await gotLost.result();

    const { orders, requests } = await sinch.audit();
    return [
      {
        claim: 'both orders were bought',
        ok: [first, second].every(({ outcome }) => outcome === 'COMPLETED') && orders.length === 2,
      },
      { claim: 'the submit that went through was sent once', ok: submitsOfFirst === 1 },
      { claim: 'the one that got lost was sent again, once it was proved needed', ok: requests.submit?.count === 3 },
      { claim: 'Sinch processed one submit for each', ok: orders.every(({ submits }) => submits === 1) },
    ];
  },
};
