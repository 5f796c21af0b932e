import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, name, regionCode } from '../shapes';

/** The papers of something that was done first are late; called again every day until somebody signs or refuses. */
export const PurchasePapersOverdue = defineEvent({
  type: 'supplies.purchase-papers-overdue.v1',
  topic: TOPICS.suppliesEvents,
  summary:
    'The papers of a purchase or donation that was acted on first are late; called every day until they are settled.',
  schema: z.object({
    approvalId: id,
    kind: z.enum(['purchase', 'donation', 'pre-assessment']),
    subjectId: id,
    subjectNumber: z.string().min(1).max(60),
    regionCode,
    organisationId: id,
    amountFen: z.int().nonnegative(),
    /** Who has to sign. */
    owner: z.enum(['stock-manager', 'approver', 'upper-approver']),
    actedBy: name,
    dueAt: isoTime,
    /** 1 for the first warning. */
    warning: z.int().positive(),
  }),
  keyOf: (data) => data.subjectId,
  example: {
    approvalId: '0197f0c0-0000-7000-8000-000000000a01',
    kind: 'purchase',
    subjectId: '0197f0c0-0000-7000-8000-000000000b01',
    subjectNumber: 'PO-2026-000017',
    regionCode: '140930',
    organisationId: '0197f0c0-0000-7000-8000-00000000b0e0',
    amountFen: 1200000,
    owner: 'stock-manager',
    actedBy: '河曲县物资管理员（演示）',
    dueAt: '2026-07-04T02:10:00.000Z',
    warning: 1,
  },
});
export type PurchasePapersOverdue = EventData<typeof PurchasePapersOverdue>;
