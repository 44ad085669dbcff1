import { METADATA_ENCODING_KEY, type Payload } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding';

/** As named by the sender; empty: not named. */
export function encodingOf({ metadata }: Payload): string {
  return decode(metadata?.[METADATA_ENCODING_KEY] ?? new Uint8Array());
}
