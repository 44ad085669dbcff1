import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { historyFromJson, type History } from '../support/history-json';

/** One run of an order, as JSON. */
export interface Played {
  workflowId: string;
  json: string;
  /** With the key of recording-key.ts. */
  encrypted: boolean;
}

/** What the manifest says of one history. */
export interface Recorded {
  /** `<release>/<kind>.json`, or with the run's number, or that of a child. */
  file: string;
  /** The version whose code wrote it. */
  release: string;
  sha256: string;
  /** The time-skipping server does not write it into the history. */
  workflowId: string;
  encrypted: boolean;
}

/** Histories on disk, one a file, and the manifest that none of them may leave or change behind its back. */
export class RecordedHistories {
  private readonly manifestFile: string;
  private readonly histories: string;

  constructor(folder: string) {
    this.manifestFile = join(folder, 'histories.json');
    this.histories = join(folder, 'histories');
  }

  list(): Recorded[] {
    return existsSync(this.manifestFile) ? (JSON.parse(readFileSync(this.manifestFile, 'utf8')) as Recorded[]) : [];
  }

  /** What is missing, changed, or there without being in the manifest. */
  problems(): string[] {
    const listed = this.list();
    const problems = listed.flatMap(({ file, sha256 }) => {
      const path = join(this.histories, file);
      if (!existsSync(path)) return [`${file} is missing`];
      return sha256Of(readFileSync(path, 'utf8')) === sha256 ? [] : [`${file} was changed`];
    });
    const known = new Set(listed.map(({ file }) => file));
    const unlisted = this.filesOnDisk().filter((file) => !known.has(file));
    return [...problems, ...unlisted.map((file) => `${file} is not in histories.json`)];
  }

  read({ file }: Recorded): History {
    return historyFromJson(readFileSync(join(this.histories, file), 'utf8'));
  }

  /** Puts a release's histories in place of those it had. @param histories by kind */
  replace(release: string, histories: ReadonlyMap<string, Played>): void {
    rmSync(join(this.histories, release), { recursive: true, force: true });
    const recorded = [...histories].map(([kind, { json, workflowId, encrypted }]): Recorded => {
      const file = `${release}/${kind}.json`;
      mkdirSync(dirname(join(this.histories, file)), { recursive: true });
      writeFileSync(join(this.histories, file), json);
      return { file, release, sha256: sha256Of(json), workflowId, encrypted };
    });
    const others = this.list().filter((other) => other.release !== release);
    const manifest = [...others, ...recorded].sort((a, b) => a.file.localeCompare(b.file));
    writeFileSync(this.manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  }

  private filesOnDisk(): string[] {
    if (!existsSync(this.histories)) return [];
    return readdirSync(this.histories).flatMap((release) =>
      readdirSync(join(this.histories, release)).map((file) => `${release}/${file}`),
    );
  }
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
