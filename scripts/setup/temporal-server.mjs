import { imageTag } from './compose-images.mjs';
import { goSource } from './go-tool.mjs';

const SERVER = imageTag('temporalio/server');
const UI = imageTag('temporalio/ui');

/** A command of Temporal's that docker-compose.yml runs in a container. Found again by its name, which ends with its version. */
const built = ({ title, name, version, variable, module, command, minutes }) => ({
  title,
  name: `${name}-${version}`,
  version: `v${version}`,
  variable,
  sources: [goSource(`${name}-${version}`, { module, version: `v${version}`, command, minutes })],
  remedy: `Install Go 1.25 or newer and run this again, or name a ${title} ${version} in ${variable}.`,
});

/** What `npm run cluster` is made of besides PostgreSQL. */
export const temporalServer = built({
  title: 'Temporal server',
  name: 'temporal-server',
  version: SERVER,
  variable: 'NUMBER_ORDERS_TEMPORAL_SERVER',
  module: 'go.temporal.io/server',
  command: './cmd/server',
  minutes: 'some minutes',
});

/** Creates Temporal's schemas; it brings those of its own version along. */
export const temporalSqlTool = built({
  title: 'Temporal SQL tool',
  name: 'temporal-sql-tool',
  version: SERVER,
  variable: 'NUMBER_ORDERS_TEMPORAL_SQL_TOOL',
  module: 'go.temporal.io/server',
  command: './cmd/tools/sql',
  minutes: 'a minute',
});

export const temporalUi = built({
  title: 'Temporal UI',
  name: 'temporal-ui-server',
  version: UI,
  variable: 'NUMBER_ORDERS_TEMPORAL_UI',
  module: 'github.com/temporalio/ui-server/v2',
  command: './cmd/server',
  minutes: 'a minute',
});
