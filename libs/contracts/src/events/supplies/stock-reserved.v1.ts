import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, itemCode, lotShare } from '../shapes';

/** Goods were promised to one allocation line, lot by lot. */
export const StockReserved = defineEvent({
  type: 'supplies.stock-reserved.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Goods were promised to one allocation line, lot by lot.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    reservationId: id,
    itemCode: itemCode,
    shares: z.array(lotShare).min(1).max(500),
    firm: z.boolean(),
    expiresAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
    itemCode: 'LRS-015',
    shares: [
      {
        depotId: '0197f0c0-0000-7000-8000-00000000de90',
        lotId: '0197f0c0-0000-7000-8000-000000000107',
        expiryDate: null,
        quantityBase: 60,
      },
    ],
    firm: false,
    expiresAt: '2026-07-01T02:00:00.000Z',
  },
});
export type StockReserved = EventData<typeof StockReserved>;
