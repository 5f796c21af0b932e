import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, itemCode, quantityBase, regionCode } from '../shapes';

/** Goods that near the end of their life, and that their place can spare, were offered to others. */
export const RotationOffered = defineEvent({
  type: 'supplies.rotation-offered.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Goods that near the end of their life, and that their place can spare, were offered to others.',
  schema: z.object({
    offerId: id,
    depotId: id,
    regionCode,
    lotId: id,
    itemCode,
    quantityBase,
    lifeEnd: isoDate,
    offeredUntil: isoDate,
  }),
  keyOf: (data) => data.offerId,
  example: {
    offerId: '0197f0c0-0000-7000-8000-00000000ffe7',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    regionCode: '140930',
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'LIV-002',
    quantityBase: 300,
    lifeEnd: '2026-11-30',
    offeredUntil: '2026-09-30',
  },
});
export type RotationOffered = EventData<typeof RotationOffered>;
