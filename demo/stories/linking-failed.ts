import type { Story } from './story';

export const linkingFailed: Story = {
  row: 17,
  title: 'The number is bought, and cannot be used for SMS',
  prologue:
    'COMPLETED at Sinch does not mean usable: the number is linked to SMS and voice afterwards. The order follows that ' +
    "too, and its result says how each ended, with Sinch's own failure code.",
  tell: async (scene) => {
    const { sinch } = scene;
    await sinch.planNextOrder({ sms: 'FAIL', voice: 'SUCCEED' });
    const order = await scene.start({
      reference: 'half-linked',
      regionCode: 'US',
      numberType: 'LOCAL',
      selection: { search: { capabilities: ['SMS', 'VOICE'] } },
      smsConfiguration: { servicePlanId: 'example-plan' },
      voiceConfiguration: { type: 'RTC', appId: 'example-app' },
    });
    await order.untilStage('PROVISIONING');
    const { outcome, provisioning } = await order.result();
    const [sms, voice] = (['SMS', 'VOICE'] as const).map((name) => provisioning.find(({ target }) => target === name));

    const [seen] = (await sinch.audit()).orders;
    return [
      { claim: 'the number was bought and kept', ok: seen?.state === 'COMPLETED' && !seen.released },
      {
        claim: "the result has SMS as FAILED, with Sinch's failure code",
        ok: outcome === 'COMPLETED' && sms?.status === 'FAILED' && sms.failureCode !== undefined,
      },
      { claim: 'and voice as linked', ok: voice?.status === 'SUCCESS' },
    ];
  },
};
