import { randomUUID } from 'node:crypto';
import { toCsv } from '../../src/cli/csv';
import type { AuditEntry } from '../../src/client';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { commandLine } from '../support/command-line';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

describe('number-orders audit', () => {
  const stand = standForAll(devServer, { policy: { continueAsNewMessages: 4 } });
  let reference: string;

  beforeAll(async () => {
    reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration({ postalCode: 'CANARY' }));
    await stand.client.reread(reference, { author: 'Olga', reason: '=HYPERLINK("x"), she said' });
    const order = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    // Malformed: what stands in the place of an id may be anything.
    await order.signal(SIGNAL.attachment, { attachmentId: 'CANARY Jane Doe', fileName: 'CANARY.pdf' });
    for (let event = 0; event < 3; event++) {
      await order.signal(SIGNAL.sinchEvent, {
        eventId: randomUUID(),
        resourceType: 'NUMBER_ORDER',
        resourceId: 'another',
        eventType: 'NUMBER_ORDER_PROCESSING',
        status: 'IN_REVIEW',
      });
    }
    await stand.client.register(reference, auRegistration({ endBusinessName: 'CANARY Pty Ltd' }));
    await stand.client.attach(reference, proofOfIdentity({ fileName: 'CANARY.pdf' }));
    await stand.client.result(reference);
  });

  async function audit(...args: string[]): Promise<string> {
    const { code, printed } = await commandLine(stand)(['audit', reference, ...args]);
    expect(code).toBe(0);
    return printed;
  }

  it('prints who did what and why, through all runs of an order to its end', async () => {
    const entries = JSON.parse(await audit()) as AuditEntry[];

    const told = entries.map(({ kind, name, answer = '' }) => `${kind} ${name} ${answer}`.trim());
    expect(told[0]).toBe('START numberOrder');
    expect(told).toEqual(
      expect.arrayContaining([
        'STAGE AWAITING_KYC',
        'UPDATE submitRegistration REFUSED',
        'UPDATE reread AWAITING_KYC',
        'SIGNAL attachment',
        'END continued as new',
        'START continued',
        'UPDATE submitRegistration ACCEPTED',
        'UPDATE submitAttachment ACCEPTED',
      ]),
    );
    expect(told.at(-1)).toBe('END completed COMPLETED');
    expect(entries.find(({ name }) => name === 'reread')).toMatchObject({
      author: 'Olga',
      reason: '=HYPERLINK("x"), she said',
      client: expect.stringContaining('@'),
    });
    expect(entries.find(({ name }) => name === 'submitAttachment')?.about).toMatchObject({
      attachmentId: PROOF_OF_IDENTITY,
    });
    expect(entries.map(({ time }) => time)).toEqual(entries.map(({ time }) => time).sort());
  });

  it('never prints KYC, however it was sent', async () => {
    expect((await audit()) + (await audit('--format', 'csv'))).not.toMatch(/CANARY|Alex|Sydney/);
  });

  it('prints CSV in which a spreadsheet runs no formula', async () => {
    const lines = (await audit('--format', 'csv')).split('\r\n');
    expect(lines[0]).toBe('time,kind,name,author,reason,about,answer,client,runId,eventId');
    expect(lines.find((line) => line.includes(',reread,'))).toContain(`,Olga,"'=HYPERLINK(""x""), she said",`);
  });
});

describe('CSV', () => {
  it('quotes values that would break a row', () => {
    expect(toCsv([['a', 'b,c', 'd\ne', 'f"g']])).toBe('a,"b,c","d\ne","f""g"\r\n');
  });
});
