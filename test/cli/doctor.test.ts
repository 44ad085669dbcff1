import { randomUUID } from 'node:crypto';
import { commandLine } from '../support/command-line';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

describe('number-orders doctor', () => {
  const stand = standForAll(devServer);
  const cli = commandLine(stand);

  it('finds everything well where it is', async () => {
    const { code, out } = await cli(['doctor']);
    expect({ code, failed: out.match(/^FAIL.*/gm) }).toEqual({ code: 0, failed: null });
    expect(out.match(/^ok/gm)).toHaveLength(7);
  });

  it('says how to mend what is not', async () => {
    const { code, out } = await cli(['doctor'], {
      env: {
        NUMBER_ORDERS_TASK_QUEUE: `nobody-${randomUUID()}`,
        // A file, and no folder.
        NUMBER_ORDERS_STORE: `file:${__filename}`,
        SINCH_KEY_SECRET: 'wrong',
      },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}worker +Nobody polls the task queue nobody-.*number-orders worker/m);
    expect(out).toMatch(/^FAIL {2}store +file:.*doctor\.test\.ts cannot be written: check NUMBER_ORDERS_STORE/m);
    expect(out).toMatch(/^FAIL {2}Sinch .*Check the key id, the key secret/m);
    expect(out).not.toContain('wrong');
  });

  it('names the address when Temporal cannot be reached', async () => {
    const { code, out } = await cli(['doctor'], { env: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}Temporal +127\.0\.0\.1:1 cannot be reached: check TEMPORAL_ADDRESS/m);
    expect(out).toMatch(/^ok {4}Sinch/m);
  });
});
