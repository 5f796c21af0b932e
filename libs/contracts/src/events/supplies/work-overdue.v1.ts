import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, regionCode } from '../shapes';

/** Work in a warehouse was not done by its time; it is said again every day until somebody does it. */
export const WorkOverdue = defineEvent({
  type: 'supplies.work-overdue.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Work in a warehouse was not done by its time; it is said again every day until somebody does it.',
  schema: z.object({
    work: z.enum(['inspection', 'scrap-decision', 'transfer-dispatch', 'transfer-arrival', 'transfer-settlement']),
    /** The inspection, the proposal, the transfer or the settlement. */
    subjectId: id,
    depotId: id,
    regionCode,
    /** The role that has to act. */
    owner: z.string().min(1).max(40),
    dueAt: isoTime,
    /** 1 for the first time. */
    reminder: z.int().positive(),
  }),
  keyOf: (data) => data.subjectId,
  example: {
    work: 'transfer-arrival',
    subjectId: '0197f0c0-0000-7000-8000-00000000f001',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    regionCode: '140930',
    owner: 'keeper',
    dueAt: '2026-07-04T00:00:00.000Z',
    reminder: 1,
  },
});
export type WorkOverdue = EventData<typeof WorkOverdue>;
