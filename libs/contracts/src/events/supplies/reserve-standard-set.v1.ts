import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoDate, itemCode } from '../shapes';

/** The reserve standard (floor) of one item in one depot was set. */
export const ReserveStandardSet = defineEvent({
  type: 'supplies.reserve-standard-set.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'The reserve standard (floor) of one item in one depot was set.',
  schema: z.object({
    depotId: id,
    itemCode: itemCode,
    floorBase: countBase,
    basis: z.string().max(60),
    validFrom: isoDate,
  }),
  keyOf: (data) => data.depotId,
  example: {
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    itemCode: 'LRS-020',
    floorBase: 100,
    basis: 'estimate',
    validFrom: '2026-01-01',
  },
});
export type ReserveStandardSet = EventData<typeof ReserveStandardSet>;
