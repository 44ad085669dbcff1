import { goSource } from './go-tool.mjs';

/** An S3-compatible server over a folder, to hold the attachment store to. Tests alone need it. */
export const s3Server = {
  title: 'S3 server',
  name: 'versitygw',
  variable: 'NUMBER_ORDERS_S3_SERVER',
  sources: [
    goSource('versitygw', {
      module: 'github.com/versity/versitygw',
      version: 'v1.8.0',
      command: './cmd/versitygw',
      minutes: 'a minute or two',
    }),
  ],
  remedy:
    'Install versitygw (https://github.com/versity/versitygw) so that `versitygw` is in PATH, or name it in ' +
    'NUMBER_ORDERS_S3_SERVER, or install Go 1.25 or newer and run this again.\n' +
    'Until then the tests on S3 are skipped, and fail where CI=true is set.',
};
