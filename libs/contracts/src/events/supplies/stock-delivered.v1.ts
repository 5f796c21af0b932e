import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, itemCode } from '../shapes';

/** The ledger took over what a trip handed over at the site; a difference is lost or stays in transit. */
export const StockDelivered = defineEvent({
  type: 'supplies.stock-delivered.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'The ledger took over what a trip handed over at the site; a difference is lost or stays in transit.',
  schema: z.object({
    allocationId: id,
    shipmentId: id,
    tripId: id,
    siteId: id,
    movementId: id.nullable(),
    lines: z
      .array(
        z.object({
          lineId: id,
          itemCode,
          receivedBase: countBase,
          damagedBase: countBase,
          lostBase: countBase,
          inTransitBase: countBase,
        }),
      )
      .min(1)
      .max(500),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    siteId: '0197f0c0-0000-7000-8000-00000000517e',
    movementId: '0197f0c0-0000-7000-8000-000000000e0e',
    lines: [
      {
        lineId: '0197f0c0-0000-7000-8000-00000000a11e',
        itemCode: 'LRS-015',
        receivedBase: 57,
        damagedBase: 1,
        lostBase: 2,
        inTransitBase: 0,
      },
    ],
  },
});
export type StockDelivered = EventData<typeof StockDelivered>;
