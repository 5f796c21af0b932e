import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, itemCode, quantityBase } from '../shapes';

/** A rotation order ended: its place is at its standard again, or two people gave it up. */
export const RotationOrderClosed = defineEvent({
  type: 'supplies.rotation-order-closed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A rotation order ended: its place is at its standard again, or two people gave it up.',
  schema: z.object({
    orderId: id,
    depotId: id,
    lotId: id,
    itemCode,
    outcome: z.enum(['closed', 'cancelled']),
    /** What was done, by way out; empty where the goods left by other movements. */
    ways: z.array(z.object({ way: z.string().max(20), quantityBase })).max(20),
    closedAt: isoTime,
  }),
  keyOf: (data) => data.orderId,
  example: {
    orderId: '0197f0c0-0000-7000-8000-000000000407',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'LIV-002',
    outcome: 'closed',
    ways: [
      { way: 'drill', quantityBase: 100 },
      { way: 'swap', quantityBase: 300 },
    ],
    closedAt: '2026-08-20T00:00:00.000Z',
  },
});
export type RotationOrderClosed = EventData<typeof RotationOrderClosed>;
