import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, itemCode } from '../shapes';

/** Goods came back to a depot after inspection, or were found missing; from a site or from a trip that turned back. */
export const StockReturned = defineEvent({
  type: 'supplies.stock-returned.v1',
  topic: TOPICS.suppliesEvents,
  summary:
    'Goods came back to a depot after inspection, or were found missing; from a site or from a trip that turned back.',
  schema: z.object({
    allocationId: id,
    from: z.enum(['site', 'transit']),
    siteId: id.nullable(),
    shipmentId: id.nullable(),
    depotId: id,
    movementId: id,
    lines: z
      .array(z.object({ lineId: id, itemCode, usableBase: countBase, damagedBase: countBase, lostBase: countBase }))
      .min(1)
      .max(500),
    returnedAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    from: 'site',
    siteId: '0197f0c0-0000-7000-8000-00000000517e',
    shipmentId: null,
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    movementId: '0197f0c0-0000-7000-8000-000000000e0e',
    lines: [
      {
        lineId: '0197f0c0-0000-7000-8000-00000000a11e',
        itemCode: 'LRS-015',
        usableBase: 55,
        damagedBase: 1,
        lostBase: 2,
      },
    ],
    returnedAt: '2026-07-03T04:00:00.000Z',
  },
});
export type StockReturned = EventData<typeof StockReturned>;
