import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, reason } from '../shapes';

/** Goods could not be promised; nothing of the reservation is held. */
export const StockRefused = defineEvent({
  type: 'supplies.stock-refused.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Goods could not be promised; nothing of the reservation is held.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    code: z.string().max(80),
    reason: reason,
    shortDepotIds: z.array(id).max(200),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    code: 'SUPPLIES_DEMAND_NOT_COVERED',
    reason: 'depot HQ-C-01 has 40 of 60',
    shortDepotIds: ['0197f0c0-0000-7000-8000-00000000de90'],
  },
});
export type StockRefused = EventData<typeof StockRefused>;
