import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime } from '../shapes';

/** The vehicle is back and free again. */
export const TripCompleted = defineEvent({
  type: 'transport.trip-completed.v1',
  topic: TOPICS.transportEvents,
  summary: 'The vehicle is back and free again.',
  schema: z.object({
    allocationId: id,
    tripId: id,
    vehicleId: id,
    at: isoTime,
    /** How the trip ended: after its delivery, after it was ordered back, or before it departed. */
    outcome: z.enum(['delivered', 'turned-back', 'cancelled']).optional(),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    vehicleId: '0197f0c0-0000-7000-8000-0000000000ca',
    at: '2026-07-01T03:30:00.000Z',
  },
});
export type TripCompleted = EventData<typeof TripCompleted>;
