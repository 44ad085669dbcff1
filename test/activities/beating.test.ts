import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { beating } from '../../src/activities/beating';

describe('a slow call that sends heartbeats', () => {
  it('sends them until it ends and none afterwards, so that its worker is not taken for dead', async () => {
    let beats = 0;
    const activity = new MockActivityEnvironment();
    activity.on('heartbeat', () => (beats += 1));

    const answer = await activity.run(() => beating(() => delay(6_000, 'done')));

    expect(answer).toBe('done');
    expect(beats).toBe(1);
    await delay(5_500);
    expect(beats).toBe(1);
  });
});
