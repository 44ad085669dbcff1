import { Readable } from 'node:stream';
import { temporal } from '@temporalio/proto';
import { workflowIdOf } from '@number-orders/contract';
import { type HttpsReceiver, notifierTo, startHttpsReceiver } from '../notifications/https-receiver';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';
import { CANARY, leaksIn } from './canaries';

/** Payloads are not encrypted here: what is shown and sent around must be free of KYC by itself. */
describe('KYC, searched for in what is shown to operators and sent to requesters', () => {
  let receiver: HttpsReceiver;
  let stand: OrderStand;
  let reference: string;
  /** The board, at each stage that says most. */
  const boards: string[] = [];

  const handle = () => stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const readBoard = async () => {
    const { currentDetails } = await handle().query<{ currentDetails: string }>('__temporal_workflow_metadata');
    boards.push(currentDetails);
  };

  beforeAll(async () => {
    receiver = await startHttpsReceiver();
    const notifier = notifierTo(receiver);
    stand = await openStand(await devServer(), { ports: { notifier } });
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: CANARY.reviewers });
    reference = await stand.start({ ...auMobile, notificationUrl: `https://${receiver.host}/hooks` });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await handle().signal('registration', { [CANARY.malformed]: CANARY.malformed });
    await stand.client.register(reference, auRegistration({ postalCode: CANARY.postalCode }));
    await readBoard();
    const kyc = auRegistration({ endBusinessName: CANARY.business, endBusinessAddress: CANARY.street });
    await stand.client.register(reference, kyc);
    // Ids are names, and shown; see docs/security.md.
    await stand.client.attach(reference, document('undeclared'));
    await stand.client.attach(reference, document(PROOF_OF_IDENTITY));
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    await readBoard();
    await stand.client.register(reference, kyc);
    await stand.client.result(reference);
    await readBoard();
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
    await receiver.close();
  });

  const document = (attachmentId: string) =>
    proofOfIdentity({
      attachmentId,
      fileName: `${CANARY.fileName}.pdf`,
      content: Readable.from([`${CANARY.content} `.repeat(1_000)]),
    });

  it('is in no notification', async () => {
    const types = () => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    while (!types().includes('order.completed')) await new Promise((next) => setTimeout(next, 50));
    expect(types()).toEqual(expect.arrayContaining(['order.kyc_refused', 'order.action_required', 'order.completed']));
    expect(leaksIn(JSON.stringify(receiver.received))).toEqual([]);
  });

  it("is on no operator's board", () => {
    expect(boards).toHaveLength(3);
    expect(boards.join()).toContain('postalCode');
    expect(leaksIn(boards.join())).toEqual([]);
  });

  it('is in no search attribute, memo, summary or details', async () => {
    const { workflowService } = stand.environment.connection;
    const execution = { workflowId: workflowIdOf(reference) };
    const described = await workflowService.describeWorkflowExecution({ namespace: 'default', execution });
    const { history } = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
    const summaries = history!.events!.map(({ userMetadata }) => userMetadata ?? {});
    const bytes = Buffer.concat([
      temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse.encode(described).finish(),
      ...summaries.map((each) => temporal.api.sdk.v1.UserMetadata.encode(each).finish()),
    ]);
    expect(bytes.toString()).toContain('AU MOBILE');
    expect(leaksIn(bytes)).toEqual([]);
  });
});
