import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, latitude, longitude, name, regionCode, tier } from '../shapes';

/** A depot or storage point was registered or its entry changed. */
export const DepotRegistered = defineEvent({
  type: 'supplies.depot-registered.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A depot or storage point was registered or its entry changed.',
  schema: z.object({
    depotId: id,
    code: z.string().min(1).max(40),
    nameZh: name,
    nameEn: name,
    regionCode: regionCode,
    organisationId: id,
    tier: tier,
    kind: z.enum(['warehouse', 'point', 'enterprise-store', 'leased', 'co-built', 'shelter']),
    latitude: latitude,
    longitude: longitude,
    positionBasis: z.enum(['surveyed', 'sourced', 'estimate', 'synthetic']),
    remote: z.boolean(),
    synthetic: z.boolean(),
    /** Not said by older writers, which knew open depots only. */
    state: z.enum(['open', 'suspended', 'closed']).optional(),
  }),
  keyOf: (data) => data.depotId,
  example: {
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    code: 'HQ-C-01',
    nameZh: '河曲县应急物资储备库（演示）',
    nameEn: 'Hequ county depot (synthetic)',
    regionCode: '140930',
    organisationId: '0197f0c0-0000-7000-8000-000000000026',
    tier: 'county',
    kind: 'warehouse',
    latitude: 39.38,
    longitude: 111.14,
    positionBasis: 'sourced',
    remote: false,
    synthetic: true,
  },
});
export type DepotRegistered = EventData<typeof DepotRegistered>;
