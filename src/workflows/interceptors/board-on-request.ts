import { setCurrentDetails, type WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { boardOf } from '../display/board-markdown';
import { currentOrder } from './current-order';

/** Asks for the current details, among other things. */
const METADATA_QUERY = '__temporal_workflow_metadata';

/** Writes the board when someone looks at it: most of what changes in an order is never looked at. */
export const boardOnRequest: WorkflowInternalsInterceptor = {
  activate(input, next) {
    const order = currentOrder();
    const isWanted = input.activation.jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryType === METADATA_QUERY);
    if (order && isWanted) setCurrentDetails(boardOf(order, Date.now()));
    next(input);
  },
};
