import { goSource } from './go-tool.mjs';

const VERSION = '5.1.0';
const NAME = `docker-compose-${VERSION}`;

/** Docker Compose itself, to hold docker-compose.yml to, by an engine that is played. Tests alone need it. */
export const dockerCompose = {
  title: 'Docker Compose',
  // Not the one in PATH: what it takes differs by version.
  name: NAME,
  variable: 'NUMBER_ORDERS_DOCKER_COMPOSE',
  sources: [
    goSource(NAME, {
      module: 'github.com/docker/compose/v5',
      version: `v${VERSION}`,
      command: './cmd',
      minutes: 'some minutes',
    }),
  ],
  remedy:
    `Install Go 1.25 or newer and run this again, or name a docker-compose ${VERSION} in NUMBER_ORDERS_DOCKER_COMPOSE.\n` +
    'Until then the tests on it are skipped, and fail where CI=true is set.',
};
