import { PassThrough } from 'node:stream';
import { ApplicationFailure } from '@temporalio/common';
import { createLogger } from '../../src/logging/logger';

function logged(format: 'json' | 'pretty', write: (logger: ReturnType<typeof createLogger>) => void): Promise<string> {
  const stream = new PassThrough();
  write(createLogger({ level: 'info', format }, stream));
  return new Promise((resolve) => stream.once('data', (line: Buffer) => resolve(line.toString())));
}

describe('the log', () => {
  it('has a line of JSON for each message, with its fields', async () => {
    const line = await logged('json', (logger) => {
      logger.info('Order started', { workflowId: 'number-order-1' });
    });
    expect(JSON.parse(line)).toMatchObject({ level: 30, msg: 'Order started', workflowId: 'number-order-1' });
  });

  it('is formatted for people on a terminal', async () => {
    const line = await logged('pretty', (logger) => {
      logger.warn('Order waits');
    });
    expect(line).toContain('Order waits');
    expect(() => JSON.parse(line) as unknown).toThrow();
  });

  it('leaves out messages below the level', async () => {
    const line = await logged('json', (logger) => {
      logger.debug('not this');
      logger.log('ERROR', 'but this');
    });
    expect(JSON.parse(line)).toMatchObject({ msg: 'but this' });
  });

  it('has the type and message of a failure, and never its details, which may contain KYC', async () => {
    const error = ApplicationFailure.nonRetryable('Sinch answered 400', 'SinchInvalidArgument', {
      violations: [{ field: 'firstName', description: 'Jane is not a name' }],
    });
    const line = await logged('json', (logger) => {
      logger.warn('Activity failed', { error });
    });
    expect(JSON.parse(line)).toMatchObject({ error: { type: 'SinchInvalidArgument', message: 'Sinch answered 400' } });
    expect(line).not.toContain('Jane');
  });
});
