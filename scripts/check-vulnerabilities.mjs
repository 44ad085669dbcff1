/**
 * No production package may have a vulnerability that is known and high or critical: `npm run vulnerabilities`, about the
 * packages of the folder it runs in.
 *
 * Not every registry answers audits. Where it does not, that is said; NUMBER_ORDERS_REQUIRE_AUDIT=true makes it a failure.
 */
import { spawnSync } from 'node:child_process';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (error) throw error;
const report = JSON.parse(stdout);
const grave = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) => /^(high|critical)$/.test(severity));

// `message` is npm's account of a registry that could not be asked.
if (report.message) {
  console.error(`NOT CHECKED for known vulnerabilities: ${report.message}`);
  if (process.env.NUMBER_ORDERS_REQUIRE_AUDIT === 'true') process.exitCode = 1;
} else if (report.error) {
  console.error(report.error.summary);
  process.exitCode = 1;
} else if (grave.length > 0) {
  for (const { name, severity, via } of grave) {
    const causes = via.map((cause) =>
      typeof cause === 'string' ? `by way of ${cause}` : `${cause.title} ${cause.url}`,
    );
    console.error(`${name}, ${severity}: ${causes.join('; ')}`);
  }
  process.exitCode = 1;
} else {
  console.log('No production package has a known vulnerability that is high or critical');
}
