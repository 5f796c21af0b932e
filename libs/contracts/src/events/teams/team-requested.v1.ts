import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, name, reason } from '../shapes';

/** A team was asked to come; teams passed over are named with the reason. */
export const TeamRequested = defineEvent({
  type: 'teams.team-requested.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A team was asked to come; teams passed over are named with the reason.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    teamId: id,
    teamName: name,
    answerBy: isoTime,
    /** How a team of this kind is asked: whose duty desk, or which organ's request procedure. */
    callChannel: z.string().max(500).optional(),
    skipped: z.array(z.object({ teamId: id, teamName: name, reason })).max(200),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    teamName: '河曲县防汛抢险队（演示）',
    answerBy: '2026-07-01T00:15:00.000Z',
    skipped: [],
  },
});
export type TeamRequested = EventData<typeof TeamRequested>;
