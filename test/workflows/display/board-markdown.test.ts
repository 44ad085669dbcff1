import { OPEN_STAGES, OUTCOMES, type Stage } from '@number-orders/contract';
import type { OrderPolicy } from '../../../src/activities';
import { boardOf } from '../../../src/workflows/display/board-markdown';
import { newOrder, type Order, type Reservation } from '../../../src/workflows/order/order';
import { auMobile } from '../../support/kyc';

const NOW = Date.parse('2026-11-23T16:05:00Z');
const HOUR = 3_600_000;

const reservation: Reservation = {
  sinchOrderId: 'sinch-1',
  phoneNumbers: ['+61480000000'],
  asked: ['+61480000000'],
  prices: [],
  state: 'CREATED',
  createdAt: NOW,
  expiresAt: NOW + 48 * HOUR,
  deadline: NOW + 47 * HOUR + 55 * 60_000,
  overdue: false,
  remindersSent: 0,
  submitted: false,
  heldBack: false,
};

function order(stage: Stage, changes: Partial<Order> = {}): Order {
  return {
    ...newOrder({ reference: 'shop-4711', ...auMobile }),
    stage,
    requirements: {
      fields: { rules: [{ template: {} }] },
      attachments: [
        { id: 'proofOfIdentity', mandatory: true, template: [], allowedMimeTypes: [], allowedDocumentTypes: [] },
      ],
    },
    reservation,
    ...changes,
  };
}

describe('the board of an order', () => {
  it('shows at the top what it waits for, for which number, until when, and what can be done', () => {
    expect(boardOf(order('AWAITING_KYC'), NOW)).toBe(
      [
        '### Waiting for KYC',
        'AU MOBILE: the first number found · stage `AWAITING_KYC`',
        '- Number: **+61480000000** (Sinch order `sinch-1`)\n' +
          '- Missing: `registration`, not received\n' +
          '- Missing: `proofOfIdentity`, not received\n' +
          '- To be complete by **2026-11-25 16:00 UTC** (47 h 55 min left at 16:05)',
        '**What can be done**',
        '- Send the registration: `number-orders register shop-4711 REGISTRATION.json`\n' +
          '- Send proofOfIdentity: `number-orders attach shop-4711 FILE --id proofOfIdentity`\n' +
          '- Submit without the registration: `number-orders waive shop-4711 registration --author NAME --reason TEXT`\n' +
          '- Stop the order: `number-orders cancel shop-4711 --author NAME --reason TEXT`\n' +
          '- Do not use Temporal’s Reset or Terminate: they undo nothing at Sinch',
        // Without it the Web UI cuts off the last line.
        '\u00a0',
      ].join('\n\n'),
    );
  });

  it('says when a submission that Sinch did not take is tried again, and how to try it now', () => {
    const heldBack = { ...reservation, heldBack: true, submitAgainAt: NOW + HOUR };
    const board = boardOf(order('AWAITING_KYC', { reservation: heldBack }), NOW);
    expect(board).toContain('### Held back: Sinch did not take the submission');
    expect(board).toContain('- Submitted again at **2026-11-23 17:05 UTC**');
    expect(board).toContain('- Make it ask Sinch now: `number-orders reread shop-4711');
  });

  it('says what to do about a number that was bought and could not be released', () => {
    const compensations = [
      { action: 'release +61480000000', ok: false, detail: 'SinchNotFound' },
      { action: 'release +61480000001', ok: true },
      { action: 'delete staged files', ok: false },
    ];
    const board = boardOf(order('CANCELLED', { compensations }), NOW);
    expect(board).toContain('`number-orders release +61480000000 --yes`');
    expect(board).not.toContain('release +61480000001 --yes');
  });

  it('names the fields of a refused registration, and never what was wrong with their values', () => {
    const board = boardOf(
      order('AWAITING_KYC', {
        violations: [{ field: 'data[1].postalCode', description: '"SW1A 1AA" is no postal code' }],
        registration: { requestDetails: {}, status: 'REFUSED' },
      }),
      NOW,
    );
    expect(board).toContain('- Missing: `registration`, refused: send it again');
    expect(board).toContain('- Registration refused, fields: `data[1].postalCode`');
    expect(board).not.toContain('SW1A');
  });

  it('names what is missing and what is refused with Sinch’s titles, because ids mean nothing to people', () => {
    const id = '01jxn21ykc3vq8m5d7e0ga4hfr';
    const company = { name: 'postalCode', title: 'Postal *code*', message: { pattern: 'It has four digits.' } };
    const requirements = {
      fields: { rules: [{ template: { properties: [company] } }] },
      attachments: [
        {
          ...{ id, title: 'Proof of [identity](x)', description: 'A passport,\nor a driving licence' },
          ...{ mandatory: true, template: [], allowedMimeTypes: [], allowedDocumentTypes: [] },
        },
      ],
    };
    const board = boardOf(
      order('AWAITING_KYC', {
        requirements,
        violations: [{ field: 'requestDetails.data[0].postalCode', description: '"SW1A 1AA" is none' }],
      }),
      NOW,
    );
    expect(board).toContain(
      `- Missing: **Proof of \\[identity\\](x)** (\`${id}\`), not received\n  - A passport, or a driving licence\n` +
        '- Registration refused, fields: **Postal \\*code\\*** (`requestDetails.data[0].postalCode`)\n' +
        '  - Postal \\*code\\*: It has four digits.\n',
    );
    expect(board).toContain(`- Send Proof of \\[identity\\](x): \`number-orders attach shop-4711 FILE --id ${id}\`\n`);
    expect(board).not.toContain('SW1A');
  });

  it('shows that signals were ignored, whatever else has happened since, because their senders do not know', () => {
    const last = { time: NOW, signal: 'cancel', because: 'MALFORMED' } as const;
    const notices = Array.from({ length: 100 }, () => ({ time: '2026-11-23T16:05:00Z', message: 'something else' }));
    expect(boardOf(order('AWAITING_KYC', { ignored: { count: 2, last }, notices }), NOW)).toContain(
      '- **Signals ignored: 2**, the last at 2026-11-23 16:05 UTC: `cancel`, `MALFORMED`',
    );
  });

  it('shows that a document is being sent, without its name', () => {
    const piece = { attachmentId: 'proofOfIdentity', key: 'k', mimeType: 'm', size: 1, sha256: 's' };
    const board = boardOf(
      order('AWAITING_KYC', {
        attachments: { proofOfIdentity: { ...piece, fileName: 'jane-doe.pdf', status: 'UPLOADED' } },
      }),
      NOW,
    );
    expect(board).toContain('- Missing: `proofOfIdentity`, at Sinch, being checked');
    expect(board).not.toContain('jane-doe');
  });

  it('says when the reviewers wrote and how to read it, but not what, because it may contain KYC', () => {
    const board = boardOf(
      order('ACTION_REQUIRED', {
        reservation: { ...reservation, state: 'BLOCKED', submitted: true },
        reviewLog: [{ message: 'Jane Doe is illegible', createTime: '2026-11-23T15:00:00Z' }],
      }),
      NOW,
    );
    expect(board).toContain("- Sinch's reviewers last wrote at 2026-11-23 15:00 UTC");
    expect(board).toContain('`number-orders status shop-4711`');
    expect(board).not.toContain('Jane');
  });

  it('shows texts of others as plain text: no links, no images, no headings', () => {
    const message = 'ops waives x: # Hello\n\n![x](https://evil.example/x.png) <script> `code`';
    expect(boardOf(order('IN_REVIEW', { notices: [{ time: new Date(NOW).toISOString(), message }] }), NOW)).toContain(
      '- 2026-11-23 16:05 UTC: ops waives x: \\# Hello \\!\\[x\\](https://evil.example/x.png) \\<script\\> \\`code\\`',
    );
  });

  it('says until when corrected KYC is awaited, and how to wait longer', () => {
    const board = boardOf(
      order('ACTION_REQUIRED', { correction: { from: 0, remindersSent: 0, until: NOW + 80 * HOUR } }),
      NOW,
    );
    expect(board).toContain('Corrected KYC awaited until **2026-11-27 00:05 UTC** (3 days 8 h left at 16:05)');
    expect(board).toContain('number-orders extend shop-4711 RFC-3339-TIME');
  });

  it('says when reviewers who have written in review may give up, and how to answer them', () => {
    const policy = { reviewersPatienceMs: 24 * HOUR } as OrderPolicy;
    const reviewersWait = { since: NOW, remindersSent: 0 };
    const board = boardOf(
      order('IN_REVIEW', { policy, reservation: { ...reservation, submitted: true, reviewersWait } }),
      NOW,
    );
    expect(board).toMatch(/^### In review by Sinch's reviewers, who have written/);
    expect(board).toContain('- The reviewers may give up at about **2026-11-24 16:05 UTC** (24 h 0 min left at 16:05)');
    expect(board).toContain('- Read what the reviewers wrote');
  });

  it('asks for the Sinch order where a creation is unconfirmed', () => {
    const unconfirmed = order('UNCONFIRMED', {
      unconfirmed: [{ phoneNumbers: ['+61480000000'], startedAt: NOW, failedAt: NOW }],
    });
    delete unconfirmed.reservation;
    const board = boardOf(unconfirmed, NOW);
    expect(board).toContain('- Perhaps reserved: +61480000000, asked for at 2026-11-23 16:05 UTC');
    expect(board).toMatch(/- Ends by itself at \*\*2026-11-25 16:\d\d UTC\*\* \(48 h \d+ min left at 16:05\)/);
    expect(board).toContain('number-orders adopt shop-4711 ID-OF-SINCH-ORDER');
  });

  it('says when an order that was cancelled will give its number back', () => {
    const expireTime = new Date(NOW + HOUR).toISOString();
    const ended = order('CANCELLED', {
      reservations: [{ sinchOrderId: 'sinch-1', phoneNumbers: ['+61480000000'], state: 'LAPSING', expireTime }],
      compensations: [{ action: 'delete staged files', ok: false, detail: 'SinchUnavailable' }],
    });
    delete ended.reservation;
    const board = boardOf(ended, NOW);
    expect(board).toContain('- +61480000000: `LAPSING` at 2026-11-23 17:05 UTC (Sinch order `sinch-1`)');
    expect(board).toContain('- **FAILED**: delete staged files (`SinchUnavailable`)');
  });

  it('tells operators to check an order that Sinch lost after its submission before it is placed again', () => {
    const board = boardOf(order('EXPIRED', { lostAfterSubmit: true }), NOW);
    expect(board).toMatch(/^### Given up: Sinch has lost the order after it was submitted/);
    expect(board).toMatch(/- Look in Sinch's dashboard whether the number was bought\n- Order again/);
  });

  it('shows the last notices, newest first', () => {
    const notices = Array.from({ length: 7 }, (_, index) => ({
      time: new Date(NOW).toISOString(),
      message: `no. ${index}`,
    }));
    expect(boardOf(order('IN_REVIEW', { notices }), NOW)).toMatch(
      /no\. 6\n.*no\. 5\n.*no\. 4\n.*no\. 3\n.*no\. 2\n\n\u00a0$/,
    );
  });

  it.each([...OPEN_STAGES, ...OUTCOMES])('can be rendered in stage %s, with and without a reservation', (stage) => {
    const bare = order(stage);
    delete bare.reservation;
    expect(boardOf(bare, NOW)).toMatch(/^### \w/);
    expect(boardOf(order(stage, { cancel: { reason: 'enough' } }), NOW)).toContain(`stage \`${stage}\``);
  });
});
