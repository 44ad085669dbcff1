import { isUtf8 } from 'node:buffer';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { failureConverter as encrypted } from '../../src/data-converter/encrypted-failure-converter';
import { failureConverter as plain } from '../../src/data-converter/failure-converter';
import { payloadConverter } from '../../src/data-converter/payload-converter';
import { wellFormed } from '../../src/data-converter/well-formed';

const HALF = '\ud83d';
const OTHER_HALF = '\ude00';
const WHOLE = HALF + OTHER_HALF;

const { Failure } = temporal.api.failure.v1;

describe('a text that is sent to Temporal', () => {
  it('has no unpaired surrogate at any place, not even in names of fields', () => {
    const value = { a: [{ [`x${HALF}`]: { deep: `${OTHER_HALF}y` } }], whole: WHOLE, n: 1, none: null };
    expect(wellFormed(value)).toEqual({ a: [{ 'x\ufffd': { deep: '\ufffdy' } }], whole: WHOLE, n: 1, none: null });
    expect(value.a[0]).toHaveProperty(`x${HALF}`);
  });

  it('is not copied if nothing changes, and bytes are never treated as text', () => {
    const bytes = new Uint8Array([0xed, 0xa0, 0xbd]);
    const untouched = { bytes, at: new Date(0), nested: [WHOLE] };
    const { kept, changed } = wellFormed({ kept: untouched, changed: HALF });
    expect(kept).toBe(untouched);
    expect(changed).toBe('\ufffd');
  });
});

describe('a payload', () => {
  it.each([HALF, OTHER_HALF, `${HALF}${HALF}`, WHOLE, `a${OTHER_HALF}${HALF}b`])(
    'has an unpaired surrogate as a JSON escape, so that it is lossless and valid UTF-8 (%j)',
    (text) => {
      const value = { [text]: [text, { text }] };
      const payload = payloadConverter.toPayload(value);
      expect(isUtf8(payload.data!)).toBe(true);
      expect(payloadConverter.fromPayload(payload)).toEqual(value);
    },
  );
});

describe.each([
  ['without keys', plain],
  ['with keys', encrypted],
])('a failure, %s,', (_keys, converter) => {
  const withStack = (text: string) =>
    Object.assign(new Error(text), { name: text, stack: `Error: ${text}\n at ${text}` });
  const fromOutside = () => {
    // As another SDK, or an operator's `activity fail`, may have sent it: its texts are in a payload, with JSON's escapes.
    const encodedAttributes = payloadConverter.toPayload({ message: HALF, stack_trace: HALF });
    return converter.failureToError({ encodedAttributes, applicationFailureInfo: { type: 'T' } }, payloadConverter);
  };

  it.each([
    ['a plain error', () => withStack(HALF)],
    ['a typed failure', () => ApplicationFailure.nonRetryable(HALF, HALF, { [HALF]: HALF })],
    ['its cause', () => ApplicationFailure.create({ message: 'm', cause: withStack(HALF) })],
    ['a cancellation', () => new CancelledFailure(HALF, [HALF], withStack(HALF))],
    ['a failure of an activity', () => new ActivityFailure(HALF, HALF, HALF, 'TIMEOUT', HALF, fromOutside())],
    ['a failure from another SDK', fromOutside],
    ['a thrown text', () => HALF],
  ])('of %s has no unpaired surrogate, which would crash the worker', (_what, make) => {
    const failure = converter.errorToFailure(make(), payloadConverter);
    // What Core refuses is bytes that are no UTF-8; protobufjs writes a short text so.
    const written = Failure.encode(Failure.fromObject(failure)).finish();
    const texts = JSON.stringify(Failure.toObject(Failure.decode(written), { bytes: String }));
    expect(texts.isWellFormed()).toBe(true);
    expect(texts).not.toContain('\\ud83d');
    expect(written.includes(0xed) && Buffer.from(written).includes(Buffer.from([0xed, 0xa0, 0xbd]))).toBe(false);
  });

  it('keeps its message', () => {
    const failure = converter.errorToFailure(ApplicationFailure.nonRetryable(`${WHOLE} ${HALF}`), payloadConverter);
    expect(converter.failureToError(failure, payloadConverter).message).toBe(`${WHOLE} \ufffd`);
  });
});
