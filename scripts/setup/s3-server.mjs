import { buildWithGo } from './go-tool.mjs';

/** An S3-compatible server over a folder, to hold the attachment store to. Tests alone need it. */
export const s3Server = {
  title: 'S3 server',
  name: 'versitygw',
  variable: 'NUMBER_ORDERS_S3_SERVER',
  sources: [
    {
      name: 'build by Go, a minute or two once',
      get: () => buildWithGo('versitygw', 'github.com/versity/versitygw/cmd/versitygw', 'v1.8.0'),
    },
  ],
  remedy:
    'Install versitygw (https://github.com/versity/versitygw) so that `versitygw` is in PATH, or name it in ' +
    'NUMBER_ORDERS_S3_SERVER, or install Go 1.25 or newer and run this again.\n' +
    'Until then the tests on S3 are skipped, and fail where CI=true is set.',
};
