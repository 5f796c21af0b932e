import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id } from '../shapes';

/** A promise of goods ended without an issue; nothing of it is held any more. */
export const StockReleased = defineEvent({
  type: 'supplies.stock-released.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A promise of goods ended without an issue; nothing of it is held any more.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    cause: z.enum(['released', 'expired']),
    releasedBase: countBase,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    cause: 'released',
    releasedBase: 60,
  },
});
export type StockReleased = EventData<typeof StockReleased>;
