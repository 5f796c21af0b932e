import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, reason } from '../../events/shapes';

/** Asks teams to end a call-up; it may be repeated for ever and also stops a call-up that comes late. */
export const StandDown = defineEvent({
  type: 'teams.stand-down.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks teams to end a call-up; it may be repeated for ever and also stops a call-up that comes late.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    reason: 'allocation cancelled',
  },
});
export type StandDown = EventData<typeof StandDown>;
