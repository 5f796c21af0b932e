import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id } from '../../events/shapes';

/** Asks supplies to prolong a promise of goods, or to make it firm. */
export const RenewReservation = defineEvent({
  type: 'supplies.renew-reservation.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks supplies to prolong a promise of goods, or to make it firm.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    firm: z.boolean(),
    holdSeconds: z.int().positive().max(604800),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    firm: true,
    holdSeconds: 43200,
  },
});
export type RenewReservation = EventData<typeof RenewReservation>;
