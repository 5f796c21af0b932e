import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime } from '../shapes';

/** A trip under way was ordered back; its load returns to the depot it came from. */
export const TripTurnedBack = defineEvent({
  type: 'transport.trip-turned-back.v1',
  topic: TOPICS.transportEvents,
  summary: 'A trip under way was ordered back; its load returns to the depot it came from.',
  schema: z.object({
    allocationId: id,
    tripId: id,
    shipmentId: id.nullable(),
    at: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    at: '2026-07-01T01:30:00.000Z',
  },
});
export type TripTurnedBack = EventData<typeof TripTurnedBack>;
