/** Bounds on what one order accepts. Each refusal names the bound. */
export const LIMITS = {
  /** JSON of one registration, in characters: a payload of 2 MB is the most Temporal takes at all. */
  registrationCharacters: 256 * 1024,
  registrationDepth: 64,
  /** Different attachment ids in one order. */
  attachments: 50,
  /** Messages (signals and updates) one order takes in; past it they are ignored, so that no sender can flood a history. */
  messages: 2_000,
  /** How long corrected KYC may be awaited, in days. */
  correctionWindowDays: 366,
  notices: 100,
  fileNameCharacters: 255,
  reasonCharacters: 1_000,
} as const;
