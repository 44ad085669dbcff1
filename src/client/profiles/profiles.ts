import {
  PROFILE_RECORD,
  profilePlaces,
  profileUseRecord,
  PROFILES,
  type KycProfile,
  type NumberType,
  type OperatorAction,
  type ProfileDocument,
  type ProfileUse,
  type Registration,
  readOperatorAction,
  type ViewRequirements,
} from '@number-orders/contract';
import { evaluate, type Evaluation } from '../../requirements/evaluate';
import type { RecordStore } from '../../store/record-store';
import { check } from '../check';
import { usingUp, type DocumentContent } from '../content';
import { ProfileNotFoundError } from '../errors';
import { checkDocument, checkName, checkProfile } from './check-profile';

/** A document of the caller, with its bytes. */
export interface DocumentOfProfile {
  attachmentId: string;
  fileName: string;
  mimeType: string;
  documentType?: string;
  content: DocumentContent;
}

export interface ProfileToPut {
  regionCode: string;
  numberType: NumberType;
  registration?: Registration;
  documents?: readonly DocumentOfProfile[];
}

/** The rest of an erasure: these orders have copied the profile, and keep their copies until they are erased. */
export interface ProfileErasure {
  usedBy: string[];
}

/** KYC under a name: an order with `kycProfile` copies the fitting part. */
export class Profiles {
  constructor(private readonly records: RecordStore | undefined) {}

  /**
   * Keeps KYC under a name, and replaces any earlier one. The name is not secret: no personal data. @throws {InvalidRequestError}
   */
  async put(name: string, profile: ProfileToPut, action: OperatorAction): Promise<void> {
    checkName(name);
    check(readOperatorAction(action), 'The request');
    const { documents = [], ...fields } = profile;
    const known = checkProfile(fields);
    for (const document of documents) checkDocument(document);
    const records = this.requireRecords();
    const { kyc } = profilePlaces(name);
    await records.deletePlace(kyc);
    const kept: ProfileDocument[] = [];
    for (const { content, ...document } of documents) {
      const stored = await usingUp(content, (bytes) => records.keepDocument(kyc, bytes));
      kept.push({ ...document, ...stored });
    }
    const whole: KycProfile = { ...known, documents: kept };
    await records.keepRecord(kyc, PROFILE_RECORD, JSON.stringify(whole));
    await this.note(name, { kind: 'PUT', ...action });
  }

  /** Names alone. */
  async list(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.requireRecords().placesIn(PROFILES)) names.push(name);
    return names.sort();
  }

  /** Checks a profile against Sinch's current requirements; null: none. Sinch checks it again for each order. */
  async check(name: string, requirements: ViewRequirements | null): Promise<Evaluation> {
    const { registration, documents } = await this.read(name);
    // An order copies only these.
    const asked = (requirements?.attachments ?? []).map(({ id }) => id);
    const fitting = documents.filter(({ attachmentId }) => asked.includes(attachmentId));
    const attachments = fitting.map((document) => ({ ...document, key: '' }));
    return evaluate(requirements, { ...(registration && { registration }), attachments });
  }

  /** The kind of numbers it is for. @throws {ProfileNotFoundError} */
  async kind(name: string): Promise<Pick<KycProfile, 'regionCode' | 'numberType'>> {
    const { regionCode, numberType } = await this.read(name);
    return { regionCode, numberType };
  }

  /**
   * Deletes a profile. The record of its use stays, without any KYC. Orders that have copied it must be erased separately.
   * @throws {ProfileNotFoundError}
   */
  async erase(name: string, action: OperatorAction): Promise<ProfileErasure> {
    check(readOperatorAction(action), 'The request');
    await this.read(name).catch((error: unknown) => {
      // A profile that cannot be read can still be deleted.
      if (error instanceof ProfileNotFoundError) throw error;
    });
    await this.requireRecords().deletePlace(profilePlaces(name).kyc);
    await this.note(name, { kind: 'ERASED', ...action });
    const uses = await this.audit(name);
    return { usedBy: uses.flatMap(({ reference }) => reference ?? []) };
  }

  /** Who put, used and erased it, oldest first. */
  async audit(name: string): Promise<ProfileUse[]> {
    checkName(name);
    const records = this.requireRecords();
    const { uses } = profilePlaces(name);
    const found: ProfileUse[] = [];
    for await (const record of records.namesIn(uses)) {
      const content = await records.readRecord(uses, record);
      if (content !== undefined) found.push(JSON.parse(content) as ProfileUse);
    }
    return found.sort((one, other) => (one.time < other.time ? -1 : 1));
  }

  /** Encrypts a profile with the current first key. Needed before an older key is retired. */
  async reseal(name: string): Promise<void> {
    const records = this.requireRecords();
    const { kyc, uses } = profilePlaces(name);
    const profile = await this.read(name);
    for (const document of profile.documents) await records.keepDocument(kyc, records.openDocument(kyc, document));
    await records.keepRecord(kyc, PROFILE_RECORD, JSON.stringify(profile));
    for await (const record of records.namesIn(uses)) {
      const content = await records.readRecord(uses, record);
      if (content !== undefined) await records.keepRecord(uses, record, content);
    }
    await this.note(name, { kind: 'RESEALED' });
  }

  private async read(name: string): Promise<KycProfile> {
    checkName(name);
    const content = await this.requireRecords().readRecord(profilePlaces(name).kyc, PROFILE_RECORD);
    if (content === undefined) throw new ProfileNotFoundError(name);
    return JSON.parse(content) as KycProfile;
  }

  private async note(name: string, what: Omit<ProfileUse, 'time'>): Promise<void> {
    const use: ProfileUse = { time: new Date().toISOString(), ...what };
    await this.requireRecords().keepRecord(profilePlaces(name).uses, profileUseRecord(use), JSON.stringify(use));
  }

  private requireRecords(): RecordStore {
    if (!this.records)
      throw new Error('This client has no store for records: pass the records that openStore returns.');
    return this.records;
  }
}
