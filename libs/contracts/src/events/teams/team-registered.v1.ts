import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, latitude, longitude, name, regionCode, typeCode } from '../shapes';

/** A team was registered or its entry changed. */
export const TeamRegistered = defineEvent({
  type: 'teams.team-registered.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A team was registered or its entry changed.',
  schema: z.object({
    teamId: id,
    code: z.string().min(1).max(40),
    nameZh: name,
    nameEn: name,
    typeCode: typeCode,
    regionCode: regionCode,
    organisationId: id,
    latitude: latitude,
    longitude: longitude,
    strength: countBase,
    synthetic: z.boolean(),
    /** Left out in events from before teams could be disbanded. */
    state: z.enum(['active', 'disbanded']).optional(),
  }),
  keyOf: (data) => data.teamId,
  example: {
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    code: 'HQ-FLD-01',
    nameZh: '河曲县防汛抢险队（演示）',
    nameEn: 'Hequ flood rescue team (synthetic)',
    typeCode: 'FLD-01',
    regionCode: '140930',
    organisationId: '0197f0c0-0000-7000-8000-000000000026',
    latitude: 39.38,
    longitude: 111.14,
    strength: 30,
    synthetic: true,
  },
});
export type TeamRegistered = EventData<typeof TeamRegistered>;
