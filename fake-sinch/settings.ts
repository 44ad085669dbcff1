import { z } from 'zod';

const seconds = z.number().nonnegative();

/** Everything about the fake's behaviour that a test may change while it runs. Lengths are on the fake's own clock. */
export const settingsSchema = z.strictObject({
  /** From creation to `expireTime`. Sinch says 30 minutes to 48 hours. */
  reservationSeconds: seconds,
  /** From the upload to its status COMPLETED or FAILED. */
  uploadSeconds: seconds,
  /** From IN_REVIEW to the verdict. */
  reviewSeconds: seconds,
  /** How long reviewers who asked for something, or blocked the order, wait for the customer before they give up. */
  patienceSeconds: seconds,
  /** The order's state after that. */
  giveUpState: z.enum(['REJECTED', 'EXPIRED']),
  /** From COMPLETED to the end of the SMS and voice linking. */
  linkingSeconds: seconds,
  tokenSeconds: z.number().positive(),
  /** An attachment above it is answered 413. */
  attachmentLimitBytes: z.number().int().positive(),
  /** Answers `expireTime: null`; the reservation still ends. */
  hideExpireTime: z.boolean(),
  /** Answers null for what an order, a registration or a callback has not, in place of leaving it out. */
  nullsForAbsent: z.boolean(),
  /** Whether the reservation's end still counts once the order was submitted. */
  expireInReview: z.boolean(),
  /** Whether PUT registration and uploads work while BLOCKED; a correction begins the review again. */
  correctWhenBlocked: z.boolean(),
  /** Whether PUT registration and uploads work while IN_REVIEW. Where the reviewers have asked for something they do. */
  correctInReview: z.boolean(),
  /** Whether a submit while IN_REVIEW or BLOCKED is answered 200 without effect, instead of 400. */
  tolerateResubmit: z.boolean(),
  /** Deliveries tried for each callback before it is given up. */
  callbackAttempts: z.number().int().positive(),
  /** Real time before the second delivery; doubled for each one after it. */
  callbackRetryMs: z.number().nonnegative(),
});

export type Settings = z.output<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema.partial();

/** Some of the settings; the others stay as they are. */
export type SettingsChange = z.output<typeof settingsChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  reservationSeconds: 48 * 3600,
  uploadSeconds: 1,
  reviewSeconds: 3,
  patienceSeconds: 24 * 3600,
  giveUpState: 'REJECTED',
  linkingSeconds: 2,
  tokenSeconds: 3600,
  attachmentLimitBytes: 10 * 1024 * 1024,
  hideExpireTime: false,
  nullsForAbsent: false,
  expireInReview: false,
  correctWhenBlocked: true,
  correctInReview: false,
  tolerateResubmit: false,
  callbackAttempts: 5,
  callbackRetryMs: 100,
};

/** @throws ZodError naming the setting that is out of range or unknown */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return settingsSchema.parse({ ...settings, ...Object.fromEntries(given) });
}
