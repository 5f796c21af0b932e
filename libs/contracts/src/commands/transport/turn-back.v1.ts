import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, reason } from '../../events/shapes';

/** Asks transport to order a trip under way back, and to free one that has not departed. */
export const TurnBack = defineEvent({
  type: 'transport.turn-back.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks transport to order a trip under way back, and to free one that has not departed.',
  schema: z.object({
    allocationId: id,
    tripId: id,
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    reason: 'allocation cancelled',
  },
});
export type TurnBack = EventData<typeof TurnBack>;
