import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, itemCode, name, quantityBase } from '../shapes';

/** Goods were handed out to people at a site; stops the relief clock. */
export const HandoutRecorded = defineEvent({
  type: 'supplies.handout-recorded.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Goods were handed out to people at a site; stops the relief clock.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    siteId: id,
    handoutId: id,
    /** The movement by which consumed goods left the books; null when only recoverable goods were handed out. */
    movementId: id.nullable().optional(),
    lines: z
      .array(z.object({ lineId: id, itemCode, quantityBase, consumed: z.boolean() }))
      .min(1)
      .max(500),
    peopleReached: countBase,
    recordedBy: name,
    handedOutAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    siteId: '0197f0c0-0000-7000-8000-00000000517e',
    handoutId: '0197f0c0-0000-7000-8000-00000000ba0d',
    lines: [{ lineId: '0197f0c0-0000-7000-8000-00000000a11e', itemCode: 'LRS-015', quantityBase: 57, consumed: false }],
    peopleReached: 180,
    recordedBy: '王保管（演示）',
    handedOutAt: '2026-07-01T04:00:00.000Z',
  },
});
export type HandoutRecorded = EventData<typeof HandoutRecorded>;
