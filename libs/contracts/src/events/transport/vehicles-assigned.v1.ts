import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, itemCode, name, quantityBase } from '../shapes';

/** Vehicles were booked for every shipment and every vehicle line of an allocation. */
export const VehiclesAssigned = defineEvent({
  type: 'transport.vehicles-assigned.v1',
  topic: TOPICS.transportEvents,
  summary: 'Vehicles were booked for every shipment and every vehicle line of an allocation.',
  schema: z.object({
    allocationId: id,
    assignmentId: id,
    trips: z
      .array(
        z.object({
          tripId: id,
          shipmentId: id.nullable(),
          lineId: id.nullable(),
          vehicleId: id,
          plate: z.string().max(20),
          carrierName: name,
          driverName: name,
          sourcing: z.enum(['own', 'contract', 'requisition']),
          estimatedSeconds: countBase,
          load: z.array(z.object({ lineId: id, itemCode, quantityBase })).max(500),
        }),
      )
      .min(1)
      .max(500),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    assignmentId: '0197f0c0-0000-7000-8000-0000000a5519',
    trips: [
      {
        tripId: '0197f0c0-0000-7000-8000-000000007819',
        shipmentId: '0197f0c0-0000-7000-8000-000000005417',
        lineId: null,
        vehicleId: '0197f0c0-0000-7000-8000-0000000000ca',
        plate: '晋H-演0001',
        carrierName: '河曲县应急车队（演示）',
        driverName: '张司机（演示）',
        sourcing: 'own',
        estimatedSeconds: 2400,
        load: [{ lineId: '0197f0c0-0000-7000-8000-00000000a11e', itemCode: 'LRS-015', quantityBase: 60 }],
      },
    ],
  },
});
export type VehiclesAssigned = EventData<typeof VehiclesAssigned>;
