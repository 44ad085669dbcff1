import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { readAttachment, readCancel, readRegistration, readSinchEvent, workflowIdOf } from '@number-orders/contract';
import { createDataConverter, isUndecodable } from '../../src/data-converter';
import { payloadConverter } from '../../src/data-converter/payload-converter';
import { auMobile } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';

const payload = (encoding: string, data: string): Payload => ({
  metadata: { encoding: encode(encoding) },
  data: encode(data),
});

describe('a payload that can be decoded', () => {
  it.each([{ data: [1, 'two', null] }, 'text', null, undefined, [1]])('keeps its value: %j', (value) => {
    expect(payloadConverter.fromPayload(payloadConverter.toPayload(value))).toEqual(value);
  });

  it("is written as the SDK's own converter writes it", () => {
    expect(payloadConverter.toPayload({ a: 1 })).toEqual(defaultPayloadConverter.toPayload({ a: 1 }));
  });
});

describe('a payload that cannot be decoded', () => {
  it.each([
    ['of an unknown encoding', payload('binary/encrypted', 'Jane Doe')],
    ['that is not the JSON it claims to be', payload('json/plain', 'Jane Doe')],
    ['without metadata', { data: encode('Jane Doe') }],
    ['without content', { metadata: { encoding: encode('json/plain') } }],
  ])('%s becomes a marked value with none of its content', (_case, undecodable) => {
    const value = payloadConverter.fromPayload(undecodable);
    expect(isUndecodable(value)).toBe(true);
    expect(JSON.stringify(value)).not.toContain('Jane');
  });

  it('keeps the name of its encoding, truncated to a normal length', () => {
    const marked = (encoding: string) => JSON.stringify(payloadConverter.fromPayload(payload(encoding, '')));
    expect(marked('binary/encrypted')).toContain('binary/encrypted');
    expect(marked('x'.repeat(500))).toMatch(/"x{64}"/);
  });

  it('is never a valid message, not even a cancel, which needs only a reason', () => {
    const marked = payloadConverter.fromPayload(payload('binary/encrypted', ''));
    const readers = [readCancel, readRegistration, readAttachment('order-1'), readSinchEvent];
    for (const read of readers) expect(read(marked).violations).not.toHaveLength(0);
  });

  it("throws if it is an activity's result, which must not change into something else", () => {
    const context = { type: 'activity', namespace: 'default', isLocal: false } as const;
    expect(() => payloadConverter.fromPayload(payload('binary/encrypted', ''), context)).toThrow();
  });

  it('is never confused with a value that is not marked', () => {
    expect([{}, null, 'undecodable', { undecodable: true }].some(isUndecodable)).toBe(false);
  });
});

describe('an order that is sent payloads that cannot be decoded', () => {
  let stand: OrderStand;
  beforeAll(async () => {
    stand = await openStand(await devServer({ dataConverter: createDataConverter() }));
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  it('notes them and continues', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const { workflowService } = stand.environment.client;
    for (const signalName of ['registration', 'attachment', 'cancel', 'sinchEvent', 'no-such-signal']) {
      await workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName,
        input: { payloads: [payload('binary/encrypted', 'Jane Doe')] },
      });
    }
    const view = await stand.view(reference, ({ notices }) => notices.length >= 5);
    expect(view.stage).toBe('AWAITING_KYC');
    expect(JSON.stringify(view)).not.toContain('Jane');
    await stand.client.cancel(reference, { reason: 'seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});
