import { randomUUID } from 'node:crypto';
import { BUILT_IN_REQUIREMENTS } from '../../fake-sinch/requirements-data';
import {
  SinchClient,
  type AvailableNumber,
  type NumberOrder,
  type NumberOrderState,
  type NumberRequirements,
  type RequiredAttachment,
  type SinchRegistration,
} from '../../src/sinch';
import { PROOF_OF_IDENTITY } from '../model/kyc';

const PHONE_NUMBER = '+61480000001';
const UNUSED = 'http://127.0.0.1:9';

const auMobile = BUILT_IN_REQUIREMENTS['AU MOBILE'];

/** Australia's requirements, as the fake Sinch returns them: orders keep them. */
export const requirements: NumberRequirements = {
  fields: auMobile?.fields as Record<string, unknown>,
  attachments: auMobile?.attachments as RequiredAttachment[],
};

/** A Sinch that accepts every call without a request, so that only Temporal's work and ours is measured. */
export class NoOpSinch extends SinchClient {
  constructor() {
    super({ numbersUrl: UNUSED, authUrl: UNUSED, projectId: 'none', keyId: 'none', keySecret: 'none' });
  }

  override async lookupNumberRequirements(): Promise<NumberRequirements> {
    return requirements;
  }

  override async searchAvailableNumbers(): Promise<AvailableNumber[]> {
    return [{ phoneNumber: PHONE_NUMBER, capability: ['SMS'] }];
  }

  override async createNumberOrder(): Promise<NumberOrder> {
    return orderIn('CREATED', randomUUID());
  }

  override async updateRegistration(): Promise<void> {
    return;
  }

  override async uploadAttachment(): Promise<void> {
    return;
  }

  override async getRegistration(): Promise<SinchRegistration> {
    return registration;
  }

  override async submitNumberOrder(idNumberOrder: string): Promise<NumberOrder> {
    return orderIn('IN_REVIEW', idNumberOrder);
  }

  override async getNumberOrder(idNumberOrder: string): Promise<NumberOrder> {
    return orderIn('COMPLETED', idNumberOrder);
  }
}

const registration: SinchRegistration = {
  requestDetails: {},
  attachments: [{ attachmentId: PROOF_OF_IDENTITY, uploadStatus: 'COMPLETED' }],
  logs: [],
};

const orderIn = (state: NumberOrderState, idNumberOrder: string): NumberOrder => ({
  idNumberOrder,
  state,
  regionCode: 'AU',
  numberType: 'MOBILE',
  orderNumbers: [{ phoneNumber: PHONE_NUMBER, capabilities: ['SMS'] }],
  expireTime: null,
  createTime: new Date().toISOString(),
});
