import type { Callbacks } from './callbacks';
import type { Clock } from './clock';
import { checkPhoneNumber, notFound } from './errors';
import type { Inventory } from './inventory';
import { linkingFor } from './review';
import type { Settings } from './settings';
import type { NumberType, Order } from './types';

const MONTH_MS = 30 * 24 * 3600 * 1000;

type Target = 'SMS' | 'VOICE';
type LinkStatus = 'WAITING' | 'IN_PROGRESS' | 'SUCCESS' | 'FAILED';

interface Link {
  status: LinkStatus;
  lastUpdatedTime: number;
  dropped: boolean;
}

interface ActiveNumber {
  phoneNumber: string;
  order: Order;
  links: Partial<Record<Target, Link>>;
  nextChargeDate: number;
  expireAt: number | undefined;
}

const EVENT_TYPES: Record<Target, string> = {
  SMS: 'PROVISIONING_TO_SMS_PLATFORM',
  VOICE: 'PROVISIONING_TO_VOICE_PLATFORM',
};

/** How the failure of a link is told: Sinch has codes for campaigns, one for voice, and none for the SMS platform. */
function failureOf(target: Target, { plan: { smsErrorCodes } }: Order): { eventType?: string; failureCode?: string } {
  if (target === 'VOICE') return { failureCode: 'PROVISIONING_TO_VOICE_PLATFORM_FAILED' };
  const failureCode = smsErrorCodes?.[0];
  return failureCode === undefined ? {} : { eventType: 'PROVISIONING_TO_CAMPAIGN', failureCode };
}

/** The numbers that were bought, and their linking to SMS and voice, which goes on after the order is COMPLETED. */
export class ActiveNumbers {
  readonly #numbers = new Map<string, ActiveNumber>();

  constructor(
    private readonly projectId: string,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly inventory: Inventory,
    private readonly callbacks: Callbacks,
  ) {}

  activate(order: Order): void {
    this.inventory.setStatus(order.phoneNumbers, 'SOLD');
    for (const phoneNumber of order.phoneNumbers) {
      const nextChargeDate = this.clock.now() + MONTH_MS;
      const number: ActiveNumber = { phoneNumber, order, links: {}, nextChargeDate, expireAt: undefined };
      this.#numbers.set(phoneNumber, number);
      if (order.smsConfiguration) this.#link(number, 'SMS');
      if (order.voiceConfiguration) this.#link(number, 'VOICE');
    }
  }

  list(regionCode?: string, type?: NumberType): string[] {
    return [...this.#numbers.values()]
      .filter(({ order }) => regionCode === undefined || order.regionCode === regionCode)
      .filter(({ order }) => type === undefined || order.numberType === type)
      .map(({ phoneNumber }) => phoneNumber);
  }

  view(phoneNumber: string): object {
    const number = this.#find(phoneNumber);
    const { order, nextChargeDate, expireAt } = number;
    const { monthlyPrice, paymentIntervalMonths } = this.inventory.priceOf(phoneNumber, order.numberType);
    return {
      phoneNumber,
      projectId: this.projectId,
      displayName: '',
      regionCode: order.regionCode,
      type: order.numberType,
      capability: this.inventory.get(phoneNumber)?.capabilities ?? [],
      money: monthlyPrice,
      paymentIntervalMonths,
      nextChargeDate: new Date(nextChargeDate).toISOString(),
      expireAt: expireAt === undefined ? null : new Date(expireAt).toISOString(),
      smsConfiguration: smsView(number),
      voiceConfiguration: voiceView(number),
      callbackUrl: order.callbackUrl ?? '',
    };
  }

  /** Stops the renewal: the number stays active until it would have been charged again. */
  release(phoneNumber: string): object {
    const number = this.#find(phoneNumber);
    if (number.expireAt === undefined) {
      number.expireAt = number.nextChargeDate;
      number.order.released.add(phoneNumber);
      // What was not linked by now never is.
      for (const link of Object.values(number.links)) link.dropped = link.status !== 'SUCCESS';
      this.clock.at(number.expireAt, () => {
        this.#numbers.delete(phoneNumber);
        this.inventory.setStatus([phoneNumber], 'AVAILABLE');
      });
    }
    return this.view(phoneNumber);
  }

  #find(phoneNumber: string): ActiveNumber {
    checkPhoneNumber(phoneNumber);
    const number = this.#numbers.get(phoneNumber);
    if (!number) throw notFound('ActiveNumber', phoneNumber);
    return number;
  }

  #link(number: ActiveNumber, target: Target): void {
    const linking = linkingFor(number.order, target);
    const begin = this.clock.now();
    const length = this.settings.linkingSeconds * 1000;
    const link: Link = { status: 'WAITING', lastUpdatedTime: begin, dropped: false };
    number.links[target] = link;
    const move = (status: LinkStatus): void => {
      link.status = status;
      link.lastUpdatedTime = this.clock.now();
    };
    this.clock.at(begin + length / 2, () => {
      move('IN_PROGRESS');
    });
    if (linking === 'STUCK') return;
    this.clock.at(begin + length, () => {
      if (link.dropped) return;
      const failed = linking === 'FAIL';
      move(failed ? 'FAILED' : 'SUCCESS');
      this.callbacks.send(number.order.callbackUrl, {
        resourceType: 'ACTIVE_NUMBER',
        resourceId: number.phoneNumber,
        eventType: EVENT_TYPES[target],
        status: failed ? 'FAILED' : 'SUCCEEDED',
        ...(failed && failureOf(target, number.order)),
      });
    });
  }
}

const NO_SMS = { servicePlanId: '', campaignId: '' };
const NO_VOICE = { appId: '', trunkId: '', serviceId: '' };

/**
 * While the linking is under way, or when it failed, what was asked for stands in the scheduled part alone. What there is
 * none of is told as production tells it: with null and empty texts.
 */
function smsView({ order: { smsConfiguration, plan }, links: { SMS: link } }: ActiveNumber): object {
  if (!smsConfiguration || !link || link.dropped) return { ...NO_SMS, scheduledProvisioning: null };
  const wanted = { ...NO_SMS, ...smsConfiguration };
  if (link.status === 'SUCCESS') return { ...wanted, scheduledProvisioning: null };
  const errorCodes = link.status === 'FAILED' ? (plan.smsErrorCodes ?? ['SMS_PROVISIONING_FAILED']) : [];
  return { ...NO_SMS, scheduledProvisioning: { ...wanted, ...linkView(link), errorCodes } };
}

function voiceView({ order: { voiceConfiguration }, links: { VOICE: link } }: ActiveNumber): object {
  const type = voiceConfiguration?.type ?? 'RTC';
  const none = { type, ...NO_VOICE, lastUpdatedTime: null, scheduledVoiceProvisioning: null };
  if (!voiceConfiguration || !link || link.dropped) return none;
  if (link.status === 'SUCCESS') {
    return { ...none, ...voiceConfiguration, lastUpdatedTime: linkView(link).lastUpdatedTime };
  }
  return { ...none, scheduledVoiceProvisioning: { ...NO_VOICE, ...voiceConfiguration, ...linkView(link) } };
}

function linkView({ status, lastUpdatedTime }: Link): { status: LinkStatus; lastUpdatedTime: string } {
  return { status, lastUpdatedTime: new Date(lastUpdatedTime).toISOString() };
}
