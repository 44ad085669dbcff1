import { DefaultFailureConverter } from '@temporalio/common';
import { wellFormed } from './well-formed';

/** The SDK's own, but for one thing: what it writes is well-formed, whoever the text of an error is from. */
export class WellFormedFailureConverter extends DefaultFailureConverter {
  override errorToFailureInner(...args: Parameters<DefaultFailureConverter['errorToFailureInner']>) {
    return wellFormed(super.errorToFailureInner(...args));
  }
}

/** Where there are no keys. Loaded by path, also into the workflow sandbox; the SDK wants this export's name. */
export const failureConverter = new WellFormedFailureConverter();
