import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime } from '../shapes';

/** A promise of goods was prolonged or made firm. */
export const ReservationRenewed = defineEvent({
  type: 'supplies.reservation-renewed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A promise of goods was prolonged or made firm.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    firm: z.boolean(),
    expiresAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    firm: true,
    expiresAt: '2026-07-01T12:00:00.000Z',
  },
});
export type ReservationRenewed = EventData<typeof ReservationRenewed>;
