import type { ListActiveNumbersQuery, SearchAvailableNumbersQuery } from './types';

/** The URLs of the Number Order API. */
export class Endpoints {
  private readonly project: string;

  constructor(numbersUrl: string, projectId: string) {
    this.project = `${numbersUrl.replace(/\/+$/, '')}/v1/projects/${segment(projectId)}`;
  }

  lookupNumberRequirements(): string {
    return `${this.project}/numberOrders:lookupNumberRequirements`;
  }

  availableNumbers(query: SearchAvailableNumbersQuery): string {
    const { regionCode, numberType, pattern, searchPattern, capabilities = [], size } = query;
    const parameters = new URLSearchParams({ regionCode, type: numberType });
    if (pattern !== undefined) parameters.append('numberPattern.pattern', pattern);
    if (searchPattern !== undefined) parameters.append('numberPattern.searchPattern', searchPattern);
    for (const capability of capabilities) parameters.append('capabilities', capability);
    if (size !== undefined) parameters.append('size', String(size));
    return `${this.project}/availableNumbers?${parameters.toString()}`;
  }

  availableNumber(phoneNumber: string): string {
    return `${this.project}/availableNumbers/${numberSegment(phoneNumber)}`;
  }

  availableRegions(): string {
    return `${this.project}/availableRegions`;
  }

  createNumberOrder(): string {
    return `${this.project}/numberOrders:createNumberOrder`;
  }

  numberOrder(idNumberOrder: string): string {
    return `${this.project}/numberOrders/${segment(idNumberOrder)}`;
  }

  registration(idNumberOrder: string): string {
    return `${this.numberOrder(idNumberOrder)}/registration`;
  }

  attachment(idNumberOrder: string, attachmentId: string): string {
    return `${this.numberOrder(idNumberOrder)}/attachments/${segment(attachmentId)}`;
  }

  submit(idNumberOrder: string): string {
    return `${this.numberOrder(idNumberOrder)}/submit`;
  }

  activeNumbers({ regionCode, numberType, pageToken }: ListActiveNumbersQuery): string {
    const parameters = new URLSearchParams({ regionCode, type: numberType, pageSize: '100' });
    if (pageToken !== undefined) parameters.append('pageToken', pageToken);
    return `${this.project}/activeNumbers?${parameters.toString()}`;
  }

  activeNumber(phoneNumber: string): string {
    return `${this.project}/activeNumbers/${numberSegment(phoneNumber)}`;
  }

  release(phoneNumber: string): string {
    return `${this.activeNumber(phoneNumber)}:release`;
  }

  callbackConfiguration(): string {
    return `${this.project}/callbackConfiguration`;
  }
}

/** Thrown for an id that cannot be part of a URL. */
export class UnusableId extends Error {
  override readonly name = 'UnusableId';
}

/** The plus is not encoded: Sinch was observed to accept it. */
function numberSegment(phoneNumber: string): string {
  return segment(phoneNumber).replaceAll('%2B', '+');
}

/** One path segment. An empty one, `.` or `..`, in any encoding, would name another endpoint. */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new UnusableId();
  return encodeURIComponent(value);
}
