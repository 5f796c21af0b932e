import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { isoTime } from '../shapes';

/** Movements were sealed; whoever keeps the hash can tell later that nothing up to there was changed. */
export const LedgerSealed = defineEvent({
  type: 'supplies.ledger-sealed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Movements were sealed; whoever keeps the hash can tell later that nothing up to there was changed.',
  schema: z.object({
    /** There is one ledger of goods; its sealings keep their order. */
    ledger: z.literal('stock'),
    blockNumber: z.int().positive(),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    lastSequence: z.int().positive(),
    sealedAt: isoTime,
  }),
  keyOf: (data) => data.ledger,
  example: {
    ledger: 'stock',
    blockNumber: 7,
    hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    lastSequence: 6812,
    sealedAt: '2026-07-01T00:00:00.000Z',
  },
});
export type LedgerSealed = EventData<typeof LedgerSealed>;
