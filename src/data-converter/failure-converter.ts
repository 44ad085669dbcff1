import { DefaultFailureConverter } from '@temporalio/common';
import { wellFormed } from './well-formed';

/** The SDK's own, but it makes all texts well-formed, as error texts can come from outside. */
export class WellFormedFailureConverter extends DefaultFailureConverter {
  override errorToFailureInner(...args: Parameters<DefaultFailureConverter['errorToFailureInner']>) {
    return wellFormed(super.errorToFailureInner(...args));
  }
}

/** Used without keys. Loaded by path, also into the workflow sandbox; the SDK requires this export's name. */
export const failureConverter = new WellFormedFailureConverter();
