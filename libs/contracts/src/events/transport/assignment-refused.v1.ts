import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, reason } from '../shapes';

/** No suitable vehicle can be had with this way of sourcing; nothing of the assignment is booked. */
export const AssignmentRefused = defineEvent({
  type: 'transport.assignment-refused.v1',
  topic: TOPICS.transportEvents,
  summary: 'No suitable vehicle can be had with this way of sourcing; nothing of the assignment is booked.',
  schema: z.object({
    allocationId: id,
    assignmentId: id,
    sourcing: z.enum(['own', 'contract', 'requisition']),
    code: z.string().max(80),
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    assignmentId: '0197f0c0-0000-7000-8000-0000000a5519',
    sourcing: 'own',
    code: 'TRANSPORT_NO_VEHICLE',
    reason: 'no vehicle of kind AIR-01 within reach',
  },
});
export type AssignmentRefused = EventData<typeof AssignmentRefused>;
