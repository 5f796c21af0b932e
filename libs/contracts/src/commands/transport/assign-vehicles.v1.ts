import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import {
  countBase,
  id,
  itemCode,
  latitude,
  longitude,
  name,
  quantityBase,
  regionCode,
  site,
  typeCode,
} from '../../events/shapes';

/** Asks transport to book vehicles for shipments and for vehicle lines, all or nothing, with one way of sourcing and everything before it. */
export const AssignVehicles = defineEvent({
  type: 'transport.assign-vehicles.v1',
  topic: TOPICS.dispatchCommands,
  summary:
    'Asks transport to book vehicles for shipments and for vehicle lines, all or nothing, with one way of sourcing and everything before it.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    assignmentId: id,
    site: site,
    sourcing: z.enum(['own', 'contract', 'requisition']),
    regionCode: regionCode,
    shipments: z
      .array(
        z.object({
          shipmentId: id,
          origin: z.object({ depotId: id, name, regionCode, latitude, longitude }),
          lines: z
            .array(
              z.object({
                lineId: id,
                itemCode,
                quantityBase,
                weightGrams: countBase,
                volumeCubicCentimetres: countBase,
              }),
            )
            .min(1)
            .max(500),
        }),
      )
      .max(200),
    vehicleLines: z.array(z.object({ lineId: id, typeCode, count: z.int().positive().max(100) })).max(50),
    holdSeconds: z.int().positive().max(604800),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    assignmentId: '0197f0c0-0000-7000-8000-0000000a5519',
    site: {
      siteId: '0197f0c0-0000-7000-8000-00000000517e',
      name: '楼子营村安置点',
      regionCode: '140930101200',
      latitude: 39.42,
      longitude: 111.22,
    },
    sourcing: 'own',
    regionCode: '140930',
    shipments: [
      {
        shipmentId: '0197f0c0-0000-7000-8000-000000005417',
        origin: {
          depotId: '0197f0c0-0000-7000-8000-00000000de90',
          name: '河曲县应急物资储备库（演示）',
          regionCode: '140930',
          latitude: 39.38,
          longitude: 111.14,
        },
        lines: [
          {
            lineId: '0197f0c0-0000-7000-8000-00000000a11e',
            itemCode: 'LRS-015',
            quantityBase: 60,
            weightGrams: 45000,
            volumeCubicCentimetres: 150000,
          },
        ],
      },
    ],
    vehicleLines: [{ lineId: '0197f0c0-0000-7000-8000-00000000a11e', typeCode: 'TRK-02', count: 2 }],
    holdSeconds: 43200,
  },
});
export type AssignVehicles = EventData<typeof AssignVehicles>;
