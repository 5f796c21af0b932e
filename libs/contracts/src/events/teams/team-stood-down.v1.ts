import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime } from '../shapes';

/** A call-up ended and the team is free again; teamId is null when none had been asked. */
export const TeamStoodDown = defineEvent({
  type: 'teams.team-stood-down.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A call-up ended and the team is free again; teamId is null when none had been asked.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    teamId: id.nullable(),
    cause: z.enum(['completed', 'cancelled']),
    at: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    cause: 'completed',
    at: '2026-07-03T03:00:00.000Z',
  },
});
export type TeamStoodDown = EventData<typeof TeamStoodDown>;
