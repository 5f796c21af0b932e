import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, itemCode, name, quantityBase, site } from '../../events/shapes';

/** Asks the keeper of a depot to hand the reserved goods of a shipment over to the named trips. */
export const OrderIssue = defineEvent({
  type: 'supplies.order-issue.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks the keeper of a depot to hand the reserved goods of a shipment over to the named trips.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    shipmentId: id,
    depotId: id,
    site: site,
    lines: z
      .array(z.object({ lineId: id, reservationId: id, itemCode, quantityBase }))
      .min(1)
      .max(500),
    trips: z
      .array(z.object({ tripId: id, plate: z.string().max(20), driverName: name }))
      .min(1)
      .max(500),
    useOrder: z.string().max(60),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    site: {
      siteId: '0197f0c0-0000-7000-8000-00000000517e',
      name: '楼子营村安置点',
      regionCode: '140930101200',
      latitude: 39.42,
      longitude: 111.22,
    },
    lines: [
      {
        lineId: '0197f0c0-0000-7000-8000-00000000a11e',
        reservationId: '0197f0c0-0000-7000-8000-00000000e5e0',
        itemCode: 'LRS-015',
        quantityBase: 60,
      },
    ],
    trips: [{ tripId: '0197f0c0-0000-7000-8000-000000007819', plate: '晋H-演0001', driverName: '张司机（演示）' }],
    useOrder: 'UO-20260701-0001',
  },
});
export type OrderIssue = EventData<typeof OrderIssue>;
