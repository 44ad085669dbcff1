import { titled } from '@number-orders/contract';
import type { Order } from '../order/order';
import { missing } from '../order/outstanding';

/** Something an operator can do now, and the command that does it. */
export interface Step {
  what: string;
  /** Absent: there is none. */
  command?: string;
}

const ORDER_AGAIN = 'number-orders start REQUEST.json --new-attempt';
const WHO_AND_WHY = '--author NAME --reason TEXT';

/** What can be done about an order as it stands, the most likely first. */
export function nextSteps(order: Order): Step[] {
  if (order.failure) return [{ what: 'Correct what the failure names, and order again', command: ORDER_AGAIN }];
  const { unknownState } = order.reservation ?? {};
  return [
    ...(unknownState
      ? [{ what: `Ask Sinch what its state ${unknownState} means, and wait until the order is in another` }]
      : []),
    ...stepsOfStage(order),
  ];
}

function stepsOfStage(order: Order): Step[] {
  const { reference } = order.request;
  const cancel: Step = { what: 'Stop the order', command: `number-orders cancel ${reference} ${WHO_AND_WHY}` };
  const reread: Step = { what: 'Make it ask Sinch now', command: `number-orders reread ${reference} ${WHO_AND_WHY}` };
  switch (order.stage) {
    case 'LOOKING_UP':
    case 'RESERVING':
    case 'SUBMITTING':
      return [{ what: 'Nothing, unless this lasts: Pending Activities names the call that waits, and why' }, cancel];
    case 'UNCONFIRMED':
      return [...(order.reservation?.lostAt === undefined ? [] : [reread]), ...adoptionSteps(order), cancel];
    case 'AWAITING_KYC':
      return [...kycSteps(order), ...(order.reservation?.heldBack ? [reread] : []), ...waiveSteps(order), cancel];
    case 'IN_REVIEW':
      return order.reservation?.reviewersWait
        ? [...correctionSteps(order), reread, cancel]
        : [{ what: 'Nothing: a review takes from minutes to weeks' }, reread, cancel];
    case 'ACTION_REQUIRED':
      return order.correction
        ? [
            ...correctionSteps(order),
            { what: 'Wait longer for it', command: `number-orders extend ${reference} RFC-3339-TIME ${WHO_AND_WHY}` },
            cancel,
          ]
        : [...correctionSteps(order), reread, cancel];
    case 'PROVISIONING':
      return [reread, { ...cancel, what: 'Stop the order and give the number back' }];
    case 'COMPLETED':
      return order.reservations
        .filter(({ state }) => state === 'COMPLETED')
        .map(({ phoneNumbers }) => ({
          what: 'When it is no longer needed, give it back',
          command: releaseCommand(order, phoneNumbers),
        }));
    case 'EXPIRED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'UNAVAILABLE':
      return [
        ...notReleased(order).map((phoneNumber) => ({
          what: 'Give it back: it was bought, and Sinch has not taken it back so far',
          command: releaseCommand(order, [phoneNumber]),
        })),
        ...(order.lostAfterSubmit ? [{ what: "Look in Sinch's dashboard whether the number was bought" }] : []),
        { what: 'Order again, if it is still wanted', command: ORDER_AGAIN },
      ];
  }
}

export function releaseCommand({ request: { project } }: Order, phoneNumbers: string[]): string {
  return `number-orders release ${phoneNumbers.join(' ')}${project === undefined ? '' : ` --project ${project}`} --yes`;
}

function notReleased({ compensations }: Order): string[] {
  return compensations.flatMap(({ action, ok }) => (ok ? [] : (/^release (\S+)$/.exec(action)?.slice(1) ?? [])));
}

export function adoptCommand({ request: { reference } }: Order, sinchOrderId: string): string {
  return `number-orders adopt ${reference} ${sinchOrderId} ${WHO_AND_WHY}`;
}

function adoptionSteps(order: Order): Step[] {
  if (order.unconfirmed.length === 0) return [];
  const traced = order.unconfirmed.flatMap(({ sinchOrderId }) => sinchOrderId ?? []);
  return traced.length > 0
    ? traced.map((id) => ({ what: `Continue with the Sinch order ${id}`, command: adoptCommand(order, id) }))
    : [
        {
          what: "Look for the order in Sinch's dashboard, and name it if it is there",
          command: adoptCommand(order, 'ID-OF-SINCH-ORDER'),
        },
      ];
}

function kycSteps(order: Order): Step[] {
  const { reference } = order.request;
  return missing(order).map((id) =>
    id === 'registration'
      ? { what: 'Send the registration', command: `number-orders register ${reference} REGISTRATION.json` }
      : {
          what: `Send ${titled(order.requirements, id).title}`,
          command: `number-orders attach ${reference} FILE --id ${id}`,
        },
  );
}

function waiveSteps(order: Order): Step[] {
  const [first] = missing(order);
  if (first === undefined) return [];
  return [
    {
      what: `Submit without ${first === 'registration' ? 'the registration' : titled(order.requirements, first).title}`,
      command: `number-orders waive ${order.request.reference} ${first} ${WHO_AND_WHY}`,
    },
  ];
}

/** The answer to the query `order` has them all. */
const DOCUMENTS_NAMED = 5;

/** Nothing is formally missing: the reviewers describe what they want. */
function correctionSteps({ request: { reference }, requirements }: Order): Step[] {
  const documents = (requirements?.attachments ?? []).slice(0, DOCUMENTS_NAMED);
  return [
    {
      what: 'Read what the reviewers wrote (here: tab Queries, query order), and ask the person who has the KYC for it',
      command: `number-orders status ${reference}`,
    },
    {
      what: 'Send the fields the reviewers ask for: the review continues by itself',
      command: `number-orders register ${reference} REGISTRATION.json`,
    },
    ...documents.map(({ id }) => ({
      what: `Or send ${titled(requirements, id).title}, if they ask for it`,
      command: `number-orders attach ${reference} FILE --id ${id}`,
    })),
  ];
}
