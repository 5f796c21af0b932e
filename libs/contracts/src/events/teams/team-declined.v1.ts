import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, name, reason } from '../shapes';

/** A team declined or gave no answer in time; the next one is asked. */
export const TeamDeclined = defineEvent({
  type: 'teams.team-declined.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A team declined or gave no answer in time; the next one is asked.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    teamId: id,
    teamName: name,
    cause: z.enum(['declined', 'no-answer']),
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    teamName: '河曲县防汛抢险队（演示）',
    cause: 'no-answer',
    reason: 'no answer within 900 s',
  },
});
export type TeamDeclined = EventData<typeof TeamDeclined>;
