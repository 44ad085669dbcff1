import { WellFormedFailureConverter } from './failure-converter';

/**
 * Puts messages and stack traces of failures into a payload, so that they are encrypted as well: Sinch's messages may echo KYC.
 * Used if keys are set; without them it would only make failures hard to read.
 *
 * Loaded by path, also into the workflow sandbox; the SDK wants this export's name.
 */
export const failureConverter = new WellFormedFailureConverter({ encodeCommonAttributes: true });
