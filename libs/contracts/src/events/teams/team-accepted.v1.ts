import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, name } from '../shapes';

/** A team acknowledged the call-up and comes. */
export const TeamAccepted = defineEvent({
  type: 'teams.team-accepted.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A team acknowledged the call-up and comes.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    teamId: id,
    teamName: name,
    strength: countBase,
    answeredBy: name,
    channel: z.enum(['phone', 'system']),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    teamName: '河曲县防汛抢险队（演示）',
    strength: 24,
    answeredBy: '调度员（电话）',
    channel: 'phone',
  },
});
export type TeamAccepted = EventData<typeof TeamAccepted>;
