/** The versions that a changelog, in the form of Keep a Changelog, says were released. */
export function releasesIn(changelog: string): string[] {
  return [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].flatMap(([, version]) => version ?? []);
}
