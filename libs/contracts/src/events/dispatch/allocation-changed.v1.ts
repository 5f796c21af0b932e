import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, name, regionCode } from '../shapes';

/** An allocation entered another phase. */
export const AllocationChanged = defineEvent({
  type: 'dispatch.allocation-changed.v1',
  topic: TOPICS.dispatchEvents,
  summary: 'An allocation entered another phase.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    regionCode: regionCode,
    from: z.string().max(40),
    to: z.string().max(40),
    actor: name,
    reason: z.string().max(500),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    regionCode: '140930101200',
    from: 'awaiting-approval',
    to: 'mobilising',
    actor: 'approver.hequ',
    reason: 'approved',
  },
});
export type AllocationChanged = EventData<typeof AllocationChanged>;
