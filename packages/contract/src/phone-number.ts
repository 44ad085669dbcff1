export const PHONE_NUMBER_PATTERN = /^\+[1-9]\d{6,14}$/;

/** Whether a text is a whole E.164 number, such as `+61491570156`. */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER_PATTERN.test(text);
}
