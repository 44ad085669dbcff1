import { REFERENCE_PATTERN } from './ids';
import { LIMITS } from './limits';
import { text } from './reader';

/** Fields that several messages have. */

/** A name that a caller chose: a reference or a batch's name. It becomes part of ids and paths. */
export const ownName = text({
  bytes: LIMITS.idBytes,
  like: REFERENCE_PATTERN,
  remedy: 'must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
});

export const author = text({ bytes: LIMITS.authorBytes });
export const reason = text({ bytes: LIMITS.reasonBytes });
