import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { QUERY, SEARCH_ATTRIBUTES, SIGNAL, UPDATE, workflowIdOf, WORKFLOW_TYPE } from '@number-orders/contract';
import { auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

interface Described {
  name: string;
  description?: string;
}
/** What the Web UI asks for: how an order explains itself. */
interface WorkflowMetadata {
  definition: { signalDefinitions: Described[]; updateDefinitions: Described[]; queryDefinitions: Described[] };
  currentDetails: string;
}

const { EventType } = temporal.api.enums.v1;

describe('an order in the Web UI', () => {
  const stand = standForAll(devServer);
  const handleOf = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const metadataOf = (reference: string) => handleOf(reference).query<WorkflowMetadata>('__temporal_workflow_metadata');

  it('has a summary for each call, local or not, and for each timer', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());
    await stand.client.result(reference);

    const { events } = await handleOf(reference).fetchHistory();
    const explained = [
      EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      EventType.EVENT_TYPE_TIMER_STARTED,
      EventType.EVENT_TYPE_MARKER_RECORDED,
    ];
    const summaries = events!
      .filter(({ eventType }) => explained.includes(eventType!))
      .map(({ userMetadata }) => {
        const summary = userMetadata?.summary;
        return summary ? defaultPayloadConverter.fromPayload<string>(summary) : '';
      });
    expect(summaries.filter((summary) => summary === '')).toEqual([]);
    expect(summaries.length).toBeGreaterThan(5);
    await stand.checkHistory(reference);
  });

  it('lists the messages and queries that it accepts, each with a description', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const { definition } = await metadataOf(reference);

    const named = (all: Described[]) => all.map(({ name }) => name).filter((name) => !name.startsWith('__'));
    expect(named(definition.signalDefinitions).sort()).toEqual(Object.values(SIGNAL).sort());
    expect(named(definition.updateDefinitions).sort()).toEqual(Object.values(UPDATE).sort());
    expect(named(definition.queryDefinitions)).toEqual(Object.values(QUERY));
    const all = [definition.signalDefinitions, definition.updateDefinitions, definition.queryDefinitions].flat();
    expect(all.filter(({ description }) => !description)).toEqual([]);
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
  });

  it('says on its board that it has failed, and what then can be done', async () => {
    const reference = await stand.start({ ...usLocal, regionCode: 'XX' });
    await expect(stand.client.result(reference)).rejects.toThrow();

    const { currentDetails } = await metadataOf(reference);

    expect(currentDetails).toContain('### Failed: SinchInvalidArgument');
    expect(currentDetails).toContain('number-orders start REQUEST.json --new-attempt');
    expect(currentDetails).not.toContain('number-orders cancel');
  });

  it('has its board and its search attributes even if a plain client started it', async () => {
    const reference = `plain-${Date.now()}`;
    await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: stand.taskQueue,
      args: [{ reference, ...auMobile, batch: 'spring', project: 'eu' }],
    });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const { currentDetails } = await metadataOf(reference);
    expect(currentDetails).toContain('Waiting for KYC');
    expect(currentDetails).toContain('Sinch project `eu`');
    const { typedSearchAttributes } = await handleOf(reference).describe();
    const named = typedSearchAttributes.getAll().map(({ key }) => key.name);
    expect(named).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
  });
});
