import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, isoTime, itemCode, name, quantityBase, regionCode } from '../shapes';

/** A purchase order took effect: it was signed, or in an emergency made first with its papers owed. */
export const PurchaseOrderApproved = defineEvent({
  type: 'supplies.purchase-order-approved.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A purchase order took effect: it was signed, or in an emergency made first with its papers owed.',
  schema: z.object({
    orderId: id,
    number: z.string().min(1).max(60),
    kind: z.enum(['ordinary', 'emergency', 'advance']),
    regionCode,
    depotId: id,
    supplierId: id,
    /** null for an emergency purchase outside every agreement. */
    frameworkId: id.nullable(),
    amountFen: z.int().nonnegative(),
    neededBy: isoDate.nullable(),
    lines: z
      .array(z.object({ lineId: id, itemCode, quantityBase }))
      .min(1)
      .max(200),
    /** `owed`: it was made before anybody signed. */
    papers: z.enum(['signed', 'owed']),
    /** Who signed, or who acted first. */
    decidedBy: name,
    effectiveAt: isoTime,
  }),
  keyOf: (data) => data.orderId,
  example: {
    orderId: '0197f0c0-0000-7000-8000-000000000b01',
    number: 'PO-2026-000017',
    kind: 'emergency',
    regionCode: '140930',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    supplierId: '0197f0c0-0000-7000-8000-0000000005b1',
    frameworkId: null,
    amountFen: 1200000,
    neededBy: '2026-07-02',
    lines: [{ lineId: '0197f0c0-0000-7000-8000-000000000b02', itemCode: 'LIV-002', quantityBase: 100 }],
    papers: 'owed',
    decidedBy: '河曲县物资管理员（演示）',
    effectiveAt: '2026-07-01T02:10:00.000Z',
  },
});
export type PurchaseOrderApproved = EventData<typeof PurchaseOrderApproved>;
