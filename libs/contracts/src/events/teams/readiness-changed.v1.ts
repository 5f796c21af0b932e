import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, reason } from '../shapes';

const level = z.enum(['ready', 'limited', 'not-ready']);

/** A team is more or less ready than before, or for other reasons. */
export const ReadinessChanged = defineEvent({
  type: 'teams.readiness-changed.v1',
  topic: TOPICS.teamsEvents,
  summary: 'A team is more or less ready than before, or for other reasons.',
  schema: z.object({
    teamId: id,
    /** Null for the first assessment. */
    previousLevel: level.nullable(),
    level,
    /** Without what a person said against it. */
    computedLevel: level,
    /** Empty when the team is ready without limits. No person is named. */
    reasons: z.array(z.object({ code: z.string().min(1).max(60), level, detail: reason })).max(60),
    since: isoTime,
    /** The next instant at which time alone may change it. */
    nextChangeAt: isoTime.nullable(),
  }),
  keyOf: (data) => data.teamId,
  example: {
    teamId: '0197f0c0-0000-7000-8000-000000007ea0',
    previousLevel: 'ready',
    level: 'limited',
    computedLevel: 'limited',
    reasons: [
      { code: 'evidence:swift-water-rescue', level: 'limited', detail: '1 of 30 people have no valid 激流救援证' },
    ],
    since: '2026-07-01T16:00:00.000Z',
    nextChangeAt: '2026-09-30T16:00:00.000Z',
  },
});
export type ReadinessChanged = EventData<typeof ReadinessChanged>;
