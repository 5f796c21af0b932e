import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, isoTime, itemCode, quantityBase } from '../shapes';

/** A movement was written to the ledger; its postings may be added up in any order. */
export const MovementPosted = defineEvent({
  type: 'supplies.movement-posted.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A movement was written to the ledger; its postings may be added up in any order.',
  schema: z.object({
    movementId: id,
    kind: z.string().max(40),
    allocationId: id.nullable(),
    reversesMovementId: id.nullable(),
    postedAt: isoTime,
    postings: z
      .array(
        z.object({
          lotId: id,
          itemCode,
          expiryDate: isoDate.nullable(),
          from: z.string().max(80),
          to: z.string().max(80),
          quantityBase,
        }),
      )
      .min(1)
      .max(2000),
  }),
  keyOf: (data) => data.movementId,
  example: {
    movementId: '0197f0c0-0000-7000-8000-000000000e0e',
    kind: 'receipt',
    allocationId: null,
    reversesMovementId: null,
    postedAt: '2026-07-01T00:00:00.000Z',
    postings: [
      {
        lotId: '0197f0c0-0000-7000-8000-000000000107',
        itemCode: 'LRS-015',
        expiryDate: null,
        from: 'supplier',
        to: 'depot:0197f0c0-0000-7000-8000-00000000de90:available',
        quantityBase: 600,
      },
    ],
  },
});
export type MovementPosted = EventData<typeof MovementPosted>;
