import { join } from 'node:path';
import { root } from './paths.mjs';
import { SetupError, run } from './run.mjs';

const remedy = 'Install Maven 3.6.3 or newer with a JDK 17 or newer';

/** The Maven that builds clients/java. `npm run test:clients` alone needs it. */
export const maven = {
  title: 'Maven',
  name: 'mvn',
  variable: 'NUMBER_ORDERS_MVN',
  sources: [],
  remedy: `${remedy} and run this again, or name its mvn in NUMBER_ORDERS_MVN.`,
};

/** Downloads what clients/java needs, all the way to a test that needs no server: what runs later does without a network. */
export async function prepareJavaKit(command) {
  try {
    const test = ['--quiet', '--batch-mode', '--strict-checksums', '-Dtest=EncryptionCodecTest', 'test'];
    await run(command, test, { name: 'java kit', cwd: join(root, 'clients/java') });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(
      `${error.message}\n${remedy} (JAVA_HOME, or java in PATH), see that it reaches a repository (a mirror in ` +
        '~/.m2/settings.xml) or has what clients/java/pom.xml names in ~/.m2, and run this again.',
    );
  }
}
