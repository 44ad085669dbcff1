import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderAudit } from '../../fake-sinch';
import { contradictions } from '../../proof/batch/against-audit';
import { mostOpen } from '../../proof/batch/most-open';
import { csvOf } from '../../proof/batch/rows';
import { Dice } from '../../proof/chaos/dice';
import { drawSchedule } from '../../proof/chaos/schedule';
import { readBatchFile } from '../../src/cli/batch/read-batch-file';
import type { BatchLine } from '../../src/client';
import { gbRegistration } from '../support/kyc';

test('an order with two reservations counts as open once, and one that ends makes room for one that begins', () => {
  expect(mostOpen([])).toBe(0);
  expect(
    mostOpen([
      { reference: 'a', from: 0, to: 10 },
      { reference: 'a', from: 5, to: 20 },
      { reference: 'b', from: 10, to: 20 },
      { reference: 'c', from: 20, to: 30 },
      { reference: 'never', from: 12, to: 11 },
    ]),
  ).toBe(2);
  expect(mostOpen(['a', 'b', 'c'].map((reference) => ({ reference, from: 1, to: 2 })))).toBe(3);
});

test('a line of the report must have exactly the numbers that Sinch has sold', () => {
  const line = { row: 1, reference: 'a', prices: [], missing: [] };
  const sold = { state: 'COMPLETED', phoneNumbers: ['+12125550000'], released: false } as unknown as OrderAudit;
  expect(contradictions({ ...line, state: 'COMPLETED', phoneNumbers: ['+12125550000'] }, [sold])).toEqual([]);
  expect(contradictions({ ...line, state: 'CANCELLED', phoneNumbers: [] }, [{ ...sold, released: true }])).toEqual([]);
  const wrong: [BatchLine['state'], string[], OrderAudit[]][] = [
    ['COMPLETED', ['+12125550001'], [sold]],
    ['COMPLETED', ['+12125550000'], []],
    ['COMPLETED', ['+12125550000'], [sold, { ...sold, phoneNumbers: ['+12125550001'] }]],
    ['EXPIRED', [], [sold]],
    ['UNKNOWN', [], []],
    ['AWAITING_KYC', [], []],
  ];
  for (const [state, phoneNumbers, atSinch] of wrong)
    expect(contradictions({ ...line, state, phoneNumbers }, atSinch)).toHaveLength(1);
});

test('the file of the proof has the orders that it announces', async () => {
  const dice = new Dice(7);
  const requests = Array.from({ length: 50 }, (_none, index) => ({
    reference: `row-${index}`,
    ...drawSchedule(dice, index).order,
    ...(index % 2 === 0 && { registration: gbRegistration, kycProfile: 'profile' }),
  }));
  const folder = await mkdtemp(join(tmpdir(), 'batch-proof-'));
  const file = join(folder, 'orders.csv');
  await writeFile(file, csvOf(requests));

  const { rows, faults } = await readBatchFile(file);

  await rm(folder, { recursive: true });
  expect(faults).toEqual([]);
  const one = { quantity: { requestedQuantity: 1 } };
  expect(rows).toEqual(
    requests.map((request) => ({
      ...request,
      selection: 'quantity' in request.selection ? one : request.selection,
    })),
  );
});
