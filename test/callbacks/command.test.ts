import { run } from '../../src/cli/run';

describe('number-orders callbacks', () => {
  it('refuses to start without the secret that proves that a callback comes from Sinch', async () => {
    let errors = '';
    const exitCode = await run(['callbacks'], {
      env: {},
      interactive: false,
      out: () => undefined,
      err: (text) => (errors += text),
      readStdin: async () => Buffer.alloc(0),
    });
    expect(exitCode).toBe(2);
    expect(errors).toContain("SINCH_CALLBACK_SECRET is missing: set it to the project's hmacSecret");
  });
});
