import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, isoDate, itemCode, quantityBase, regionCode } from '../../events/shapes';

/** Asks supplies to promise goods from the named depots to an allocation line, all or nothing. */
export const ReserveStock = defineEvent({
  type: 'supplies.reserve-stock.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks supplies to promise goods from the named depots to an allocation line, all or nothing.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    itemCode: itemCode,
    sources: z
      .array(z.object({ depotId: id, quantityBase }))
      .min(1)
      .max(200),
    usableUntil: isoDate,
    firm: z.boolean(),
    holdSeconds: z.int().positive().max(604800),
    mayBreakFloor: z.boolean(),
    /** Where the goods are for; without it, goods that were given for a purpose are left alone. */
    destination: z.object({ regionCode, incidentId: id }).optional(),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    itemCode: 'LRS-015',
    sources: [{ depotId: '0197f0c0-0000-7000-8000-00000000de90', quantityBase: 60 }],
    usableUntil: '2026-07-08',
    firm: false,
    holdSeconds: 7200,
    mayBreakFloor: false,
  },
});
export type ReserveStock = EventData<typeof ReserveStock>;
