import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFiles } from './checksums.mjs';
import { keptPath } from './find-tool.mjs';
import { buildDirectory, root } from './paths.mjs';
import { run } from './run.mjs';
import { downloadBySdk } from './sdk-download.mjs';

/** With another one goes another list of checksums: `sha256sum *.jar` in the folder that Maven fills. */
const VERSION = '1.38.0';
const COPY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

/** Temporal's test server, whose clock skips ahead while nothing happens. Tests alone need it. */
export const testServer = {
  title: 'test server',
  name: 'temporal-test-server',
  variable: 'NUMBER_ORDERS_TEST_SERVER',
  sources: [
    { name: 'download by the SDK', get: () => downloadBySdk('time-skipping', 'temporal-test-server') },
    { name: 'jars from Maven', get: assembleWithMaven },
  ],
  remedy:
    "Install a Java runtime (11 or newer) and Maven and run this again, or put `temporal-test-server` of Temporal's " +
    'Java SDK releases in PATH, or name it in NUMBER_ORDERS_TEST_SERVER.',
};

async function assembleWithMaven() {
  const directory = join(buildDirectory, 'temporal-test-server');
  const libraries = join(directory, 'lib');
  mkdirSync(directory, { recursive: true });
  rmSync(libraries, { recursive: true, force: true });
  writeFileSync(join(directory, 'pom.xml'), pom);
  await run('java', ['-version'], { name: 'java' });
  // Strict: what has another checksum than its repository tells is an error, and not a warning.
  const quietly = ['--quiet', '--batch-mode', '--strict-checksums'];
  await run('mvn', [...quietly, `${COPY_PLUGIN}:copy-dependencies`, `-DoutputDirectory=${libraries}`], {
    name: 'maven',
    cwd: directory,
  });
  checkFiles(libraries, join(root, 'scripts/setup/test-server.sha256'));

  const script = keptPath('temporal-test-server');
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, launcher(libraries), { mode: 0o755 });
  return script;
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>number-orders</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <!-- Without a logger the server greets every test with a warning. -->
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

/** The SDK starts the server with the port as first argument; the rest are flags of its native build. */
const launcher = (libraries) => `#!/bin/sh
# A short-lived server: start fast, and leave the processors to the tests.
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '${libraries}/*' io.temporal.testserver.TestServer "$1"
`;
