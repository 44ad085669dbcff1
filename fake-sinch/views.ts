import type { Inventory, StockNumber } from './inventory';
import type { Settings } from './settings';
import type { NumberType, Order } from './types';

/** The NumberOrder of the API. */
export function orderView(projectId: string, settings: Settings, inventory: Inventory, order: Order): object {
  return withNulls(settings, {
    projectId,
    idNumberOrder: order.idNumberOrder,
    regionCode: order.regionCode,
    state: order.shownState ?? order.state,
    numberType: order.numberType,
    orderNumbers: order.phoneNumbers.map((phoneNumber) => ({
      phoneNumber,
      numberPrice: inventory.priceOf(phoneNumber, order.numberType),
      capabilities: inventory.get(phoneNumber)?.capabilities ?? [],
    })),
    smsConfiguration: order.smsConfiguration,
    voiceConfiguration: order.voiceConfiguration,
    expireTime: settings.hideExpireTime ? null : rfc3339(order.expireTime),
    createTime: rfc3339(order.createTime),
    updateTime: rfc3339(order.updateTime),
  });
}

/** The Registration of the API. */
export function registrationView(order: Order, settings: Settings): object {
  return withNulls(settings, {
    requestDetails: order.requestDetails ?? (settings.nullsForAbsent ? null : {}),
    attachments: [...order.attachments.values()].map((attachment) => ({
      attachmentId: attachment.attachmentId,
      fileName: attachment.fileName,
      mimeType: attachment.mimeType,
      documentType: attachment.documentType,
      uploadStatus: attachment.uploadStatus,
      createTime: rfc3339(attachment.createTime),
      updateTime: rfc3339(attachment.updateTime),
    })),
    logs: order.logs.map(({ message, createTime }) => ({ message, createTime: rfc3339(createTime) })),
  });
}

/** One entry of `availableNumbers`. */
export function availableNumberView(inventory: Inventory, number: StockNumber): object {
  const { phoneNumber, regionCode, type, capabilities } = number;
  return {
    phoneNumber,
    regionCode,
    type,
    capability: capabilities,
    ...inventory.priceOf(phoneNumber, type),
    // As production says of US numbers too, which ask for nothing.
    supportingDocumentationRequired: true,
  };
}

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** One entry of `availableRegions`. */
export function availableRegionView({ regionCode, types }: { regionCode: string; types: NumberType[] }): object {
  return { regionCode, regionName: REGION_NAMES.of(regionCode), types };
}

/** Sinch documents that nulls are left out, and answers with them. */
function withNulls(settings: Settings, view: object): object {
  if (!settings.nullsForAbsent) return view;
  return JSON.parse(JSON.stringify(view, (_key, value: unknown) => value ?? null)) as object;
}

function rfc3339(time: number): string {
  return new Date(time).toISOString();
}
