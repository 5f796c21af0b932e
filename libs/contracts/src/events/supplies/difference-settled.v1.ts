import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, itemCode } from '../shapes';

/** What a delivery left open in transit was written off as lost or found and received at the site. */
export const DifferenceSettled = defineEvent({
  type: 'supplies.difference-settled.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'What a delivery left open in transit was written off as lost or found and received at the site.',
  schema: z.object({
    allocationId: id,
    shipmentId: id,
    movementId: id,
    lines: z
      .array(z.object({ lineId: id, itemCode, foundBase: countBase, lostBase: countBase }))
      .min(1)
      .max(500),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    movementId: '0197f0c0-0000-7000-8000-000000000e0e',
    lines: [{ lineId: '0197f0c0-0000-7000-8000-00000000a11e', itemCode: 'LRS-015', foundBase: 0, lostBase: 2 }],
  },
});
export type DifferenceSettled = EventData<typeof DifferenceSettled>;
