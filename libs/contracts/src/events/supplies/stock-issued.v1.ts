import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, itemCode, name, quantityBase } from '../shapes';

/** The keeper handed the goods of a shipment over to transport. */
export const StockIssued = defineEvent({
  type: 'supplies.stock-issued.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'The keeper handed the goods of a shipment over to transport.',
  schema: z.object({
    allocationId: id,
    shipmentId: id,
    depotId: id,
    movementId: id,
    lines: z
      .array(z.object({ lineId: id, itemCode, lotId: id, quantityBase }))
      .min(1)
      .max(500),
    issuedBy: name,
    issuedAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    movementId: '0197f0c0-0000-7000-8000-000000000e0e',
    lines: [
      {
        lineId: '0197f0c0-0000-7000-8000-00000000a11e',
        itemCode: 'LRS-015',
        lotId: '0197f0c0-0000-7000-8000-000000000107',
        quantityBase: 60,
      },
    ],
    issuedBy: '王保管（演示）',
    issuedAt: '2026-07-01T01:00:00.000Z',
  },
});
export type StockIssued = EventData<typeof StockIssued>;
