import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime } from '../shapes';

/** A called-up team mustered, set out, arrived or was released from its task. */
export const TeamProgressed = defineEvent({
  type: 'teams.team-progressed.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A called-up team mustered, set out, arrived or was released from its task.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    teamId: id,
    state: z.enum(['mustering', 'en-route', 'on-scene', 'released']),
    at: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    state: 'on-scene',
    at: '2026-07-01T03:00:00.000Z',
  },
});
export type TeamProgressed = EventData<typeof TeamProgressed>;
