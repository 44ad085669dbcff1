const KIB = 1024;

/**
 * Limits of one order. Each refusal names the limit. Bytes are those of the value's JSON in UTF-8, for a text without its quotes:
 * see {@link bytesOf}.
 */
export const LIMITS = {
  /** One registration. */
  registrationBytes: 256 * KIB,
  registrationDepth: 64,
  /** Different attachment ids in one order. */
  attachments: 50,
  attachmentIdBytes: 256,
  /** As long as file systems allow. */
  fileNameBytes: KIB,
  mediaTypeBytes: 255,
  documentTypeBytes: 256,
  urlBytes: 2 * KIB,
  /** Ids from Sinch or the requester's other services. */
  idBytes: 128,
  authorBytes: KIB,
  reasonBytes: 4 * KIB,
  /** Messages (signals and updates) that one order accepts. Further ones are ignored, so that no sender can flood a history. */
  messages: 2_000,
  /** How long corrected KYC may be awaited, in days. */
  correctionWindowDays: 366,
  notices: 100,
} as const;
