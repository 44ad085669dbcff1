import { ApplicationFailure } from '@temporalio/common';
import { NEVER_PRINTED, redacted } from '../../src/logging/redaction';

describe('the printed form of a value', () => {
  it.each(NEVER_PRINTED)('omits a field %s, at any depth', (name) => {
    const text = JSON.stringify(redacted({ order: [{ [name]: 'Alex' }, { [name]: { of: ['Alex'] } }] }));
    expect(text).not.toContain('Alex');
    expect(text).toContain('[redacted]');
  });

  it('omits it too if it is spelled differently', () => {
    expect(redacted({ first_name: 'Alex', FIRSTNAME: 'Alex', 'first-name': 'Alex' })).toEqual({
      first_name: '[redacted]',
      FIRSTNAME: '[redacted]',
      'first-name': '[redacted]',
    });
  });

  it('keeps what identifies an order and a call', () => {
    const line = { workflowId: 'number-order-1', runId: 'r', attempt: 2, operation: 'submitNumberOrder', status: 200 };
    expect(redacted(line)).toEqual(line);
  });

  it('keeps type, message and stack of an error at any depth, and no details', () => {
    const error = ApplicationFailure.nonRetryable('Sinch answered 400', 'SinchInvalidArgument', { value: 'Alex' });
    expect(redacted({ error, several: [error] })).toEqual({
      error: { name: 'ApplicationFailure', type: 'SinchInvalidArgument', message: error.message, stack: error.stack },
      several: [expect.objectContaining({ message: 'Sinch answered 400' })],
    });
    expect(JSON.stringify(redacted({ error }))).not.toContain('Alex');
  });

  it('omits bytes, and ends at circular references', () => {
    const round: Record<string, unknown> = { file: Buffer.from('Alex') };
    round.again = round;
    expect(JSON.stringify(redacted(round))).toMatch(/"file":"\[bytes\]".*\[too deep\]/);
  });
});
