import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, name, regionCode } from '../shapes';

/** An incident was reported. */
export const IncidentReported = defineEvent({
  type: 'dispatch.incident-reported.v1',
  topic: TOPICS.dispatchEvents,
  summary: 'An incident was reported.',
  schema: z.object({
    incidentId: id,
    kind: z.string().max(40),
    level: z.enum(['I', 'II', 'III', 'IV']),
    title: name,
    regionCode: regionCode,
    occurredAt: isoTime,
    affectedPeople: countBase,
  }),
  keyOf: (data) => data.incidentId,
  example: {
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    kind: 'flood',
    level: 'III',
    title: '楼子营村洪涝',
    regionCode: '140930101200',
    occurredAt: '2026-07-01T00:00:00.000Z',
    affectedPeople: 260,
  },
});
export type IncidentReported = EventData<typeof IncidentReported>;
