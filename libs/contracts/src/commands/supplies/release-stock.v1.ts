import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, reason } from '../../events/shapes';

/** Asks supplies to end a promise of goods; it may be repeated for ever and also stops a reserve that comes late. */
export const ReleaseStock = defineEvent({
  type: 'supplies.release-stock.v1',
  topic: TOPICS.dispatchCommands,
  summary:
    'Asks supplies to end a promise of goods; it may be repeated for ever and also stops a reserve that comes late.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    reason: 'allocation cancelled',
  },
});
export type ReleaseStock = EventData<typeof ReleaseStock>;
