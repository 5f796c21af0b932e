import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoDate, itemCode } from '../shapes';

/** Reserve standards (floors) of items in one depot were set; each holds from its date on. */
export const ReserveStandardsSet = defineEvent({
  type: 'supplies.reserve-standards-set.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Reserve standards (floors) of items in one depot were set; each holds from its date on.',
  schema: z.object({
    depotId: id,
    standards: z
      .array(z.object({ itemCode, floorBase: countBase, basis: z.string().max(60), validFrom: isoDate }))
      .min(1)
      .max(1000),
  }),
  keyOf: (data) => data.depotId,
  example: {
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    standards: [{ itemCode: 'LRS-015', floorBase: 100, basis: 'estimate', validFrom: '2026-01-01' }],
  },
});
export type ReserveStandardsSet = EventData<typeof ReserveStandardsSet>;
