import { defineQuery, defineSignal, defineUpdate, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import {
  BATCH_QUERY,
  BATCH_SIGNAL,
  BATCH_UPDATE,
  readCancelBatch,
  readOperatorAction,
  readOrderClosed,
  type BatchView,
} from '@number-orders/contract';
import { handleUpdate, refuseUpdate } from '../inbox/updates';
import { noteClosed, pause, resume, viewOf, type Batch } from './batch';
import { weighHistory } from './history-size';

/** A malformed signal is ignored, as of an order; a malformed update is refused. */
export function handleMessages(batch: Batch): void {
  setHandler(
    defineSignal<[unknown]>(BATCH_SIGNAL.orderClosed),
    (argument) => {
      weighHistory(batch);
      const { value } = readOrderClosed(argument);
      if (value) noteClosed(batch, value);
    },
    { description: 'An order of the batch has ended: { reference, outcome, failure? }' },
  );
  setHandler(
    defineSignal<[unknown]>(BATCH_SIGNAL.cancel),
    (argument) => {
      weighHistory(batch);
      const { value } = readCancelBatch(argument);
      if (value) batch.cancel = { ...batch.cancel, ...value };
    },
    { description: 'Start no more orders: { author?, reason, openOrders? }' },
  );
  setDefaultSignalHandler(() => weighHistory(batch));
  handleUpdate(defineUpdate<BatchView, [unknown]>(BATCH_UPDATE.pause), {
    description: 'Start no more orders for now: { author, reason }',
    read: readOperatorAction,
    refuse: () => {
      if (batch.cancel) refuseUpdate('the batch is being cancelled');
    },
    handle: (action) => {
      weighHistory(batch);
      pause(batch, action);
      return viewOf(batch);
    },
  });
  handleUpdate(defineUpdate<BatchView, [unknown]>(BATCH_UPDATE.resume), {
    description: 'Go on: { author, reason }',
    read: readOperatorAction,
    refuse: () => {
      if (!batch.paused) refuseUpdate('the batch is not paused');
    },
    handle: () => {
      weighHistory(batch);
      resume(batch);
      return viewOf(batch);
    },
  });
  setHandler(defineQuery<BatchView>(BATCH_QUERY.batch), () => viewOf(batch), {
    description: 'How many rows were taken up, and what has become of them',
  });
}
