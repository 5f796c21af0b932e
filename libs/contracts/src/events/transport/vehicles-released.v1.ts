import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id } from '../shapes';

/** An assignment ended before departure; its vehicles are free again. */
export const VehiclesReleased = defineEvent({
  type: 'transport.vehicles-released.v1',
  topic: TOPICS.transportEvents,
  summary: 'An assignment ended before departure; its vehicles are free again.',
  schema: z.object({
    allocationId: id,
    assignmentId: id,
    releasedTrips: countBase,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    assignmentId: '0197f0c0-0000-7000-8000-0000000a5519',
    releasedTrips: 2,
  },
});
export type VehiclesReleased = EventData<typeof VehiclesReleased>;
