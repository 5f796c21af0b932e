import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, itemCode, name, reason, regionCode } from '../shapes';

/** A lot was held, recalled or set free again; whoever has pieces of it, or promised them, has to act. */
export const LotQualityChanged = defineEvent({
  type: 'supplies.lot-quality-changed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A lot was held, recalled or set free again; whoever has pieces of it, or promised them, has to act.',
  schema: z.object({
    noticeId: id,
    lotId: id,
    itemCode,
    batchNumber: z.string().min(1).max(60),
    ownerRegionCode: regionCode,
    action: z.enum(['hold', 'release', 'recall', 'withdraw']),
    quality: z.enum(['good', 'held', 'recalled']),
    reason,
    noticeNumber: z.string().min(1).max(60).nullable(),
    noticeSource: name.nullable(),
    changedAt: isoTime,
  }),
  keyOf: (data) => data.lotId,
  example: {
    noticeId: '0197f0c0-0000-7000-8000-000000007e01',
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'LIV-002',
    batchNumber: '20260115-A',
    ownerRegionCode: '140930',
    action: 'recall',
    quality: 'recalled',
    reason: 'mould found by the producer',
    noticeNumber: 'R-2026-017',
    noticeSource: 'producer',
    changedAt: '2026-07-01T00:00:00.000Z',
  },
});
export type LotQualityChanged = EventData<typeof LotQualityChanged>;
