import { type Inventory, priceOf, type StockNumber } from './inventory';
import type { Settings } from './settings';
import type { NumberType, Order } from './types';

/** The NumberOrder of the API. */
export function orderView(projectId: string, settings: Settings, inventory: Inventory, order: Order): object {
  return {
    projectId,
    idNumberOrder: order.idNumberOrder,
    regionCode: order.regionCode,
    state: order.state,
    numberType: order.numberType,
    orderNumbers: order.phoneNumbers.map((phoneNumber) => ({
      phoneNumber,
      numberPrice: priceOf(order.numberType),
      capabilities: inventory.get(phoneNumber)?.capabilities ?? [],
    })),
    smsConfiguration: order.smsConfiguration,
    voiceConfiguration: order.voiceConfiguration,
    expireTime: settings.hideExpireTime ? null : rfc3339(order.expireTime),
    createTime: rfc3339(order.createTime),
    updateTime: rfc3339(order.updateTime),
  };
}

/** The Registration of the API. */
export function registrationView(order: Order): object {
  return {
    requestDetails: order.requestDetails ?? {},
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
  };
}

/** One entry of `availableNumbers`. */
export function availableNumberView(number: StockNumber, supportingDocumentationRequired: boolean): object {
  const { phoneNumber, regionCode, type, capabilities } = number;
  return {
    phoneNumber,
    regionCode,
    type,
    capability: capabilities,
    ...priceOf(type),
    supportingDocumentationRequired,
  };
}

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** One entry of `availableRegions`. */
export function availableRegionView({ regionCode, types }: { regionCode: string; types: NumberType[] }): object {
  return { regionCode, regionName: REGION_NAMES.of(regionCode), types };
}

function rfc3339(time: number): string {
  return new Date(time).toISOString();
}
