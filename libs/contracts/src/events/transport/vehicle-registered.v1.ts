import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, latitude, longitude, regionCode, typeCode } from '../shapes';

/** A vehicle, vessel or aircraft was registered or its entry changed. */
export const VehicleRegistered = defineEvent({
  type: 'transport.vehicle-registered.v1',
  topic: TOPICS.transportEvents,
  summary: 'A vehicle, vessel or aircraft was registered or its entry changed.',
  schema: z.object({
    vehicleId: id,
    plate: z.string().min(1).max(20),
    typeCode: typeCode,
    carrierId: id,
    sourcing: z.enum(['own', 'contract', 'requisition']),
    regionCode: regionCode,
    latitude: latitude,
    longitude: longitude,
    payloadKilograms: countBase,
    volumeCubicCentimetres: z.int().nonnegative(),
    speedKmh: z.int().positive(),
    available: z.boolean(),
    synthetic: z.boolean(),
  }),
  keyOf: (data) => data.vehicleId,
  example: {
    vehicleId: '0197f0c0-0000-7000-8000-0000000000ca',
    plate: '晋H-演0001',
    typeCode: 'TRK-02',
    carrierId: '0197f0c0-0000-7000-8000-000000000026',
    sourcing: 'own',
    regionCode: '140930',
    latitude: 39.38,
    longitude: 111.14,
    payloadKilograms: 9000,
    volumeCubicCentimetres: 38000000,
    speedKmh: 70,
    available: true,
    synthetic: true,
  },
});
export type VehicleRegistered = EventData<typeof VehicleRegistered>;
