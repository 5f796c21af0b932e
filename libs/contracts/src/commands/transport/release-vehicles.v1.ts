import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, reason } from '../../events/shapes';

/** Asks transport to free the vehicles of an assignment that has not departed; it may be repeated for ever and also stops an assign that comes late. */
export const ReleaseVehicles = defineEvent({
  type: 'transport.release-vehicles.v1',
  topic: TOPICS.dispatchCommands,
  summary:
    'Asks transport to free the vehicles of an assignment that has not departed; it may be repeated for ever and also stops an assign that comes late.',
  schema: z.object({
    allocationId: id,
    assignmentId: id,
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    assignmentId: '0197f0c0-0000-7000-8000-0000000a5519',
    reason: 'allocation cancelled',
  },
});
export type ReleaseVehicles = EventData<typeof ReleaseVehicles>;
