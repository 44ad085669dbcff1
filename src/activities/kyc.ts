import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { Attachment, ReviewLogEntry } from '@number-orders/contract';
import { beating } from './beating';
import { refuseUnlessAwaited } from './own-workflow';
import { failingTyped } from './typed-failures';
import { lookAgainLater } from './polling';
import type { ActivityPorts } from './ports';
import { reviewLogOf } from './review-log';

export interface RegistrationToSend {
  idNumberOrder: string;
  requestDetails: Record<string, unknown>;
}

export interface AttachmentToSend {
  idNumberOrder: string;
  attachment: Attachment;
}

export interface UploadedAttachment {
  idNumberOrder: string;
  attachmentId: string;
}

/** The outcome of an upload. */
export type UploadVerdict = 'COMPLETED' | 'FAILED';

/** Tells the next attempt of an upload that the document has arrived. */
const UPLOADED = 'uploaded';
/** Short, because its sender still waits for an answer. */
const LOOKS_WITH_THE_UPLOAD = 2;

/**
 * A worker that stood still may make an attempt after other KYC was sent in its place. So an attempt that is late asks Temporal
 * first. If it gets no answer, it sends: the workflow's wait for what is in doubt has covered most of the danger.
 */
async function refuseIfGivenUp(): Promise<void> {
  const { currentAttemptScheduledTimestampMs, startToCloseTimeoutMs } = activityInfo();
  const isLate = Date.now() - currentAttemptScheduledTimestampMs > startToCloseTimeoutMs / 3;
  if (isLate) await refuseUnlessAwaited(() => undefined);
}

/** The calls that send KYC to Sinch. None of them puts a value of it into a message or a log. */
export function kycActivities({ sinch, store, polls }: ActivityPorts) {
  /** Undefined: Sinch is still checking the document. */
  const verdictOn = async ({ idNumberOrder, attachmentId }: UploadedAttachment): Promise<UploadVerdict | undefined> => {
    const { attachments } = await failingTyped('read', () =>
      sinch.getRegistration(idNumberOrder, { signal: cancellationSignal() }),
    );
    const status = attachments.find((entry) => entry.attachmentId === attachmentId)?.uploadStatus;
    return status === 'COMPLETED' || status === 'FAILED' ? status : undefined;
  };

  const stillChecking = () => lookAgainLater('Sinch is still checking the document', polls.upload);

  return {
    /**
     * Repeatable: a PUT of the whole registration. It is always sent: only Sinch judges KYC. SENT_AGAIN: an earlier attempt may
     * still be on its way.
     */
    async updateRegistration({ idNumberOrder, requestDetails }: RegistrationToSend): Promise<'SENT' | 'SENT_AGAIN'> {
      await refuseIfGivenUp();
      await failingTyped('send', () => sinch.updateRegistration(idNumberOrder, requestDetails));
      return activityInfo().attempt === 1 ? 'SENT' : 'SENT_AGAIN';
    },

    /** Repeatable: a read. The reviewers' latest feedback, oldest first, no longer than an order can keep. */
    async getReviewLog(idNumberOrder: string): Promise<ReviewLogEntry[]> {
      return reviewLogOf(await failingTyped('read', () => sinch.getRegistration(idNumberOrder)));
    },

    /**
     * Repeatable as far as known: a later upload under the same attachment id replaces the earlier one. The document is read
     * twice, so that a wrong or half-written one is never sent in part. The call then polls Sinch's check of the document, which
     * usually takes seconds. WAITING if it takes longer: see awaitUpload.
     */
    async uploadAttachment({ idNumberOrder, attachment }: AttachmentToSend): Promise<UploadVerdict | 'WAITING'> {
      const info = activityInfo();
      const { attachmentId } = attachment;
      if (info.heartbeatDetails !== UPLOADED) {
        await beating(() =>
          failingTyped('send', async () => {
            await store.verify(attachment);
            await sinch.uploadAttachment(
              idNumberOrder,
              { ...attachment, content: () => store.open(attachment) },
              { signal: cancellationSignal() },
            );
          }),
        );
      }
      // The document has arrived, even if the poll fails: do not send it again.
      const verdict = await verdictOn({ idNumberOrder, attachmentId }).catch(() => undefined);
      if (verdict) return verdict;
      if (info.attempt > LOOKS_WITH_THE_UPLOAD) return 'WAITING';
      heartbeat(UPLOADED);
      throw stillChecking();
    },

    /** Returns once Sinch has checked the document. Repeatable: a read. */
    async awaitUpload(uploaded: UploadedAttachment): Promise<UploadVerdict> {
      // The upload has just polled, so the first poll is one interval later.
      const verdict = activityInfo().attempt === 1 ? undefined : await verdictOn(uploaded);
      if (verdict) return verdict;
      throw stillChecking();
    },

    /** Repeatable: deleting nothing is not an error. */
    async deleteStagedFiles(reference: string): Promise<'DELETED'> {
      await store.deleteAll(reference);
      return 'DELETED';
    },
  };
}
