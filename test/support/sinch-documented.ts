/**
 * What Sinch's Numbers API 1.0.3 answers, typed from its documentation or, where it says so, from what production was
 * seen to answer. The client reads it, the fake's description holds it, and orders live on it.
 */

/** Documented: an order just created. */
export const createdOrder = {
  projectId: 'project-1',
  idNumberOrder: '03kjzencnckxrn216rr1zzzzzz',
  regionCode: 'AU',
  state: 'CREATED',
  numberType: 'MOBILE',
  orderNumbers: [
    {
      phoneNumber: '+61411111112',
      numberPrice: {
        setupPrice: { currencyCode: 'USD', amount: '1.00' },
        monthlyPrice: { currencyCode: 'USD', amount: '1.00' },
        paymentIntervalMonths: 1,
      },
      capabilities: ['SMS'],
    },
  ],
  smsConfiguration: { servicePlanId: 'plan-1' },
  expireTime: '2026-03-07T16:53:00.204187Z',
  createTime: '2026-03-05T16:53:00Z',
  updateTime: '2026-03-05T16:53:00Z',
};

/** Documented: the requests of an order of one number, and of an order by quantity. */
export const creationOfOne = {
  regionCode: 'AU',
  numberType: 'MOBILE',
  smsConfiguration: { servicePlanId: 'plan-1' },
  callbackUrl: 'https://callbacks.example.com/sinch',
  numberOrderOption: { phoneNumbers: ['+61411111112'] },
};
export const creationOfThree = {
  regionCode: 'US',
  numberType: 'LOCAL',
  smsConfiguration: { servicePlanId: 'plan-1' },
  callbackUrl: 'https://callbacks.example.com/sinch',
  quantityOrderOption: { requestedQuantity: 3, sequential: false },
};

/** Documented, with its templates emptied: what AU MOBILE asks for. The attachments stand inside the fields. */
export const auRequirements = {
  fields: { schema: '/schema/policySchema-v1.json', rules: [{ template: {} }, { template: {} }], attachments: [] },
};

/** Documented: a registration of AU MOBILE, with the feedback of reviewers who gave up after a day. */
export const auRegistration = {
  requestDetails: {
    data: [
      [
        {
          senderId: '+61411111112',
          purposeOfTheTraffic: 'One Time Password',
          intendedUseOfMobileNumbers: 'Transactional',
          iConfirmThatMyBusinessHasAValidUseCaseForThisLn: true,
        },
      ],
      {
        endBusinessName: 'Example Pty Ltd',
        endBusinessAddress: '1 Example Street',
        endBusinessAddress2: 'Level 2',
        city: 'Victoria',
        state: 'VIC',
        country: 'AU',
        postalCode: '3000',
      },
      { firstName: 'Alex', lastName: 'Example', phoneNumber: '+61411111113' },
    ],
  },
  attachments: [
    {
      attachmentId: '01jxn2251d0shhamtbykft2xzx',
      fileName: 'template.rtf',
      mimeType: 'application/rtf',
      uploadStatus: 'WAITING',
      createTime: '2026-02-24T06:39:55.902553Z',
    },
  ],
  logs: [
    { message: 'Please give a local contact number.', createTime: '2026-02-24T06:39:55.902553Z' },
    { message: 'No update came: the request cannot go on.', createTime: '2026-02-25T06:39:55.902553Z' },
  ],
};

/** Seen in production: the lookup for US LOCAL and TOLL_FREE. Nothing is to be registered. */
export const noRequirements = {
  error: {
    code: 404,
    message: 'Number requirements not found',
    status: 'NOT_FOUND',
    details: [
      {
        type: 'ResourceInfo',
        resourceType: 'NumberProduct',
        resourceName: 'numberRequirements',
        owner: '',
        description: 'Number requirements not found',
      },
    ],
  },
};

/** Seen in production: a number whose voice is being linked, and which has no SMS. */
export const numberBeingLinked = {
  phoneNumber: '+12025550134',
  projectId: 'project-1',
  displayName: '',
  regionCode: 'US',
  type: 'LOCAL',
  capability: ['SMS', 'VOICE'],
  money: { currencyCode: 'USD', amount: '1.00' },
  paymentIntervalMonths: 1,
  nextChargeDate: '2026-05-09T11:20:23.114523Z',
  expireAt: null,
  smsConfiguration: { servicePlanId: '', scheduledProvisioning: null, campaignId: '' },
  voiceConfiguration: {
    appId: '',
    scheduledVoiceProvisioning: {
      appId: 'app-1',
      status: 'WAITING',
      lastUpdatedTime: '2026-04-09T11:20:23.218511Z',
      type: 'RTC',
      trunkId: '',
      serviceId: '',
    },
    lastUpdatedTime: null,
    type: 'RTC',
    trunkId: '',
    serviceId: '',
  },
  callbackUrl: '',
};

/** Seen in production: the same number, released before its voice was linked. Null proves no link. */
export const numberReleasedUnlinked = {
  ...numberBeingLinked,
  expireAt: '2026-05-09T11:20:23.114523Z',
  voiceConfiguration: { ...numberBeingLinked.voiceConfiguration, scheduledVoiceProvisioning: null },
};

/** Documented: the event of an order. */
export const orderEvent = {
  eventId: '01jr7stexp0znky34pj07dwp42',
  timestamp: '2026-03-06T09:38:04.854087603',
  projectId: 'project-1',
  resourceType: 'NUMBER_ORDER',
  resourceId: createdOrder.idNumberOrder,
  eventType: 'NUMBER_ORDER_PROCESSING',
  status: 'EXPIRED',
};

/** Bodies that Sinch's SDKs hold their own check of signatures to. */
export const SIGNED_CALLBACKS = [
  {
    secret: 'my-callback-secret',
    signature: '8e58baa351ffa5e0d7eaef3c739d0d7aa6093da3',
    body:
      '{"eventId":"01jr7stexp0znky34pj07dwp41","timestamp":"2025-04-07T09:38:04.85408760","projectId":"project-id",' +
      '"resourceId":"+1234567890","resourceType":"ACTIVE_NUMBER","eventType":"PROVISIONING_TO_VOICE_PLATFORM",' +
      '"status":"SUCCEEDED","failureCode":null,"internalFailureCode":null}',
  },
  {
    secret: 'callback-secret',
    signature: 'dcf80daac2f232f4b23d5f719db3aa0fdca6af43',
    body:
      '{"eventId":"01hpa0mww4m79q8j2dwn3ggbgz","timestamp":"2024-02-10T17:22:09.412722588",' +
      '"projectId":"37b62a7b-0177-abcd-efgh-e10f848de123","resourceId":"+17818510001","resourceType":"ACTIVE_NUMBER",' +
      '"eventType":"DEPROVISIONING_FROM_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null}',
  },
] as const;

/** Documented: the statuses that each call is answered with. 401, 409 and 429 stand with none; of the token, none do. */
export const DOCUMENTED_STATUSES = {
  token: [],
  lookupNumberRequirements: [200, 400, 500],
  searchAvailableNumbers: [200, 400, 403, 404, 500],
  getAvailableNumber: [200, 400, 403, 404, 500],
  listAvailableRegions: [200, 403],
  createNumberOrder: [200, 400, 500],
  getNumberOrder: [200, 404, 500],
  updateRegistration: [200, 400, 404, 500],
  getRegistration: [200, 404, 500],
  uploadAttachment: [200, 400, 404, 413, 500],
  submit: [200, 404, 500],
  listActiveNumbers: [200, 400, 403, 404, 500],
  getActiveNumber: [200, 400, 404, 500],
  releaseNumber: [200, 400, 403, 404, 500],
  getCallbackConfiguration: [200, 403, 404, 500],
  updateCallbackConfiguration: [200, 400, 403, 404, 500],
};

/** Documented: why a number cannot be linked. The last one is of voice, seen in the tests of an SDK; the list is open. */
export const LINKING_ERROR_CODES = [
  'ERROR_CODE_UNSPECIFIED',
  'INTERNAL_ERROR',
  'SMS_PROVISIONING_FAILED',
  'CAMPAIGN_PROVISIONING_FAILED',
  'CAMPAIGN_NOT_AVAILABLE',
  'EXCEEDED_10DLC_LIMIT',
  'NUMBER_PROVISIONING_FAILED',
  'PARTNER_SERVICE_UNAVAILABLE',
  'CAMPAIGN_PENDING_ACCEPTANCE',
  'MNO_SHARING_ERROR',
  'CAMPAIGN_EXPIRED',
  'CAMPAIGN_MNO_REJECTED',
  'CAMPAIGN_MNO_SUSPENDED',
  'CAMPAIGN_MNO_REVIEW',
  'INSUFFICIENT_BALANCE',
  'MOCK_CAMPAIGN_NOT_ALLOWED',
  'TFN_NOT_ALLOWED',
  'INVALID_NNID',
  'PROVISIONING_TO_VOICE_PLATFORM_FAILED',
];
