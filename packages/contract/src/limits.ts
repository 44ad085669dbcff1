const KIB = 1024;

/**
 * Bounds on what one order accepts. Each refusal names the bound. Bytes are those of the value's JSON in UTF-8, and of a text
 * those between its quotes: see {@link bytesOf}.
 */
export const LIMITS = {
  /** One registration. */
  registrationBytes: 256 * KIB,
  registrationDepth: 64,
  /** Different attachment ids in one order. */
  attachments: 50,
  attachmentIdBytes: 256,
  /** Any name that a file system takes. */
  fileNameBytes: KIB,
  mediaTypeBytes: 255,
  documentTypeBytes: 256,
  urlBytes: 2 * KIB,
  /** Ids that Sinch or the requester's other services have given. */
  idBytes: 128,
  authorBytes: KIB,
  reasonBytes: 4 * KIB,
  /** Messages (signals and updates) one order takes in; past it they are ignored, so that no sender can flood a history. */
  messages: 2_000,
  /** How long corrected KYC may be awaited, in days. */
  correctionWindowDays: 366,
  notices: 100,
} as const;
