import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, reason } from '../shapes';

/** No further team can be asked. */
export const CallUpRefused = defineEvent({
  type: 'teams.call-up-refused.v1',
  topic: TOPICS.teamsEvents,
  summary: 'No further team can be asked.',
  schema: z.object({
    allocationId: id,
    lineId: id,
    callUpId: id,
    code: z.string().max(80),
    reason: reason,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    code: 'TEAMS_NO_TEAM_LEFT',
    reason: 'no further team of kind FLD-01 in reach',
  },
});
export type CallUpRefused = EventData<typeof CallUpRefused>;
