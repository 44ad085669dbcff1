import { version } from '../../package.json';
import { AccessToken } from './access-token';
import { BasicAuthorization } from './authorization';
import { ApiCaller } from './api-caller';
import { Endpoints } from './endpoints';
import { Multipart } from './multipart';
import type { OnCall } from './observed';
import { numberRequirements } from './requirements';
import * as schemas from './schemas';
import { Transport } from './transport';
import type {
  ActiveNumber,
  ActiveNumbersPage,
  AttachmentUpload,
  AvailableNumber,
  AvailableRegion,
  CallbackConfiguration,
  CreateNumberOrderRequest,
  ListActiveNumbersQuery,
  LookupNumberRequirementsRequest,
  NumberOrder,
  NumberRequirements,
  RegistrationDetails,
  SearchAvailableNumbersQuery,
  SinchRegistration,
} from './types';

export interface SinchClientOptions {
  projectId: string;
  keyId: string;
  keySecret: string;
  /** Base URL, for example `https://numbers.api.sinch.com`. */
  numbersUrl: string;
  /** The token endpoint itself, for example `https://auth.sinch.com/oauth2/token`. */
  authUrl: string;
  /** `oauth` when left out. `basic` is for tests: Sinch limits it heavily. */
  authentication?: 'oauth' | 'basic' | undefined;
  /** The time-out of a request, up to the last byte of its answer; 30 seconds when left out. */
  timeoutMs?: number | undefined;
  /** The same for an upload; 5 minutes when left out. */
  uploadTimeoutMs?: number | undefined;
  /** `number-orders/<version>` when left out. */
  userAgent?: string | undefined;
  /** Milliseconds since the epoch; the system's clock when left out. */
  now?: (() => number) | undefined;
  /** Called at the end of every call, including token requests. */
  onCall?: OnCall | undefined;
  /** Maximum of kept-alive connections; 50 when left out. Creating and submitting orders open additional ones. */
  maxConnections?: number | undefined;
}

export interface CallOptions {
  /** Aborts the call, which then throws SinchUnavailable; possibly processed if it had been sent. */
  signal?: AbortSignal | undefined;
}

/**
 * Sinch's Number Order API, one method for each endpoint. Retries only a call answered 401, once, with a new token. Every method
 * throws a SinchError, which says whether the call may have been carried out nevertheless.
 */
export class SinchClient {
  private readonly caller: ApiCaller;
  private readonly endpoints: Endpoints;
  private readonly timeoutMs: number;
  private readonly uploadTimeoutMs: number;

  constructor(options: SinchClientOptions) {
    const { keyId, keySecret, authUrl, onCall } = options;
    const { userAgent = `number-orders/${version}`, now = Date.now, timeoutMs = 30_000 } = options;
    const transport = new Transport(options.maxConnections ?? 50);
    const authorization =
      options.authentication === 'basic'
        ? new BasicAuthorization(keyId, keySecret)
        : new AccessToken(transport, { keyId, keySecret, authUrl, userAgent, timeoutMs, now, onCall });
    this.caller = new ApiCaller({ transport, authorization, userAgent, now, onCall });
    this.endpoints = new Endpoints(options.numbersUrl, options.projectId);
    this.timeoutMs = timeoutMs;
    this.uploadTimeoutMs = options.uploadTimeoutMs ?? 300_000;
  }

  /** @throws SinchError `SinchNotFound` if no KYC is required (US LOCAL), and also for an unknown region. */
  lookupNumberRequirements(
    request: LookupNumberRequirementsRequest,
    { signal }: CallOptions = {},
  ): Promise<NumberRequirements> {
    return this.caller.call({
      operation: 'lookupNumberRequirements',
      method: 'POST',
      reads: true,
      url: () => this.endpoints.lookupNumberRequirements(),
      json: { regionCode: request.regionCode, numberType: request.numberType },
      answer: numberRequirements,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  searchAvailableNumbers(query: SearchAvailableNumbersQuery, { signal }: CallOptions = {}): Promise<AvailableNumber[]> {
    return this.caller.call({
      operation: 'searchAvailableNumbers',
      method: 'GET',
      url: () => this.endpoints.availableNumbers(query),
      answer: schemas.availableNumbers,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /** @throws SinchError `SinchNotFound` if the number cannot be ordered now: reserved, sold, or not Sinch's. */
  getAvailableNumber(phoneNumber: string, { signal }: CallOptions = {}): Promise<AvailableNumber> {
    return this.caller.call({
      operation: 'getAvailableNumber',
      method: 'GET',
      url: () => this.endpoints.availableNumber(phoneNumber),
      answer: schemas.availableNumber,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /** The regions where Sinch sells numbers, with the types. */
  listAvailableRegions({ signal }: CallOptions = {}): Promise<AvailableRegion[]> {
    return this.caller.call({
      operation: 'listAvailableRegions',
      method: 'GET',
      url: () => this.endpoints.availableRegions(),
      answer: schemas.availableRegions,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /**
   * Reserves numbers. Not repeatable: there is no idempotency key. So it uses a new connection: a reset of a kept-alive one that
   * Sinch has just closed would leave it unknown whether the order was created.
   */
  createNumberOrder(request: CreateNumberOrderRequest, { signal }: CallOptions = {}): Promise<NumberOrder> {
    return this.caller.call({
      operation: 'createNumberOrder',
      method: 'POST',
      url: () => this.endpoints.createNumberOrder(),
      json: request,
      answer: schemas.numberOrder,
      timeoutMs: this.timeoutMs,
      freshConnection: true,
      signal,
    });
  }

  getNumberOrder(idNumberOrder: string, { signal }: CallOptions = {}): Promise<NumberOrder> {
    return this.caller.call({
      operation: 'getNumberOrder',
      method: 'GET',
      url: () => this.endpoints.numberOrder(idNumberOrder),
      answer: schemas.numberOrder,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /** Replaces the registration: repeating it is safe. */
  async updateRegistration(
    idNumberOrder: string,
    requestDetails: RegistrationDetails,
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.caller.call({
      operation: 'updateRegistration',
      method: 'PUT',
      url: () => this.endpoints.registration(idNumberOrder),
      json: { requestDetails },
      answer: schemas.acknowledgement,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  getRegistration(idNumberOrder: string, { signal }: CallOptions = {}): Promise<SinchRegistration> {
    return this.caller.call({
      operation: 'getRegistration',
      method: 'GET',
      url: () => this.endpoints.registration(idNumberOrder),
      answer: schemas.registration,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /**
   * Streams a document to Sinch. Repeating it under the same attachment id is assumed to replace the earlier one.
   *
   * @throws AttachmentSizeMismatch when the content is not `size` bytes long, and the content's own error when it cannot
   * be read.
   */
  async uploadAttachment(idNumberOrder: string, upload: AttachmentUpload, { signal }: CallOptions = {}): Promise<void> {
    await this.caller.call({
      operation: 'uploadAttachment',
      method: 'POST',
      url: () => this.endpoints.attachment(idNumberOrder, upload.attachmentId),
      multipart: () => Multipart.open(upload),
      answer: schemas.acknowledgement,
      timeoutMs: this.uploadTimeoutMs,
      signal,
    });
  }

  /** Submits the order for review, irrevocably. Uses a new connection, as createNumberOrder does. */
  submitNumberOrder(idNumberOrder: string, { signal }: CallOptions = {}): Promise<NumberOrder> {
    return this.caller.call({
      operation: 'submitNumberOrder',
      method: 'POST',
      url: () => this.endpoints.submit(idNumberOrder),
      answer: schemas.numberOrder,
      timeoutMs: this.timeoutMs,
      freshConnection: true,
      signal,
    });
  }

  /** A page of the bought numbers. */
  listActiveNumbers(query: ListActiveNumbersQuery, { signal }: CallOptions = {}): Promise<ActiveNumbersPage> {
    return this.caller.call({
      operation: 'listActiveNumbers',
      method: 'GET',
      url: () => this.endpoints.activeNumbers(query),
      answer: schemas.activeNumbersPage,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  getActiveNumber(phoneNumber: string, { signal }: CallOptions = {}): Promise<ActiveNumber> {
    return this.caller.call({
      operation: 'getActiveNumber',
      method: 'GET',
      url: () => this.endpoints.activeNumber(phoneNumber),
      answer: schemas.activeNumber,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /** Stops the number's renewal: it stays active until its `expireAt`, and nothing is refunded. */
  async releaseNumber(phoneNumber: string, { signal }: CallOptions = {}): Promise<void> {
    await this.caller.call({
      operation: 'releaseNumber',
      method: 'POST',
      url: () => this.endpoints.release(phoneNumber),
      answer: schemas.acknowledgement,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  getCallbackConfiguration({ signal }: CallOptions = {}): Promise<CallbackConfiguration> {
    return this.caller.call({
      operation: 'getCallbackConfiguration',
      method: 'GET',
      url: () => this.endpoints.callbackConfiguration(),
      answer: schemas.callbackConfiguration,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }

  /** @param configuration its `hmacSecret` is 32 to 64 letters, digits and hyphens. */
  updateCallbackConfiguration(
    configuration: { hmacSecret: string },
    { signal }: CallOptions = {},
  ): Promise<CallbackConfiguration> {
    return this.caller.call({
      operation: 'updateCallbackConfiguration',
      method: 'PATCH',
      url: () => this.endpoints.callbackConfiguration(),
      json: { hmacSecret: configuration.hmacSecret },
      answer: schemas.callbackConfiguration,
      timeoutMs: this.timeoutMs,
      signal,
    });
  }
}
