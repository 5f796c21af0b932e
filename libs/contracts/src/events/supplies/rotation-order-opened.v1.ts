import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, isoTime, itemCode, quantityBase, regionCode } from '../shapes';

/** A lot in a depot reached its rotation threshold; exactly one order is open for it until it is closed or cancelled. */
export const RotationOrderOpened = defineEvent({
  type: 'supplies.rotation-order-opened.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A lot in a depot reached its rotation threshold; exactly one order is open for it.',
  schema: z.object({
    orderId: id,
    depotId: id,
    regionCode,
    lotId: id,
    itemCode,
    quantityBase,
    standing: z.enum(['none', 'notice', 'due', 'overdue', 'expired']),
    lifeEnd: isoDate,
    openedAt: isoTime,
  }),
  keyOf: (data) => data.orderId,
  example: {
    orderId: '0197f0c0-0000-7000-8000-000000000407',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    regionCode: '140930',
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'LIV-002',
    quantityBase: 400,
    standing: 'due',
    lifeEnd: '2026-11-30',
    openedAt: '2026-08-01T00:00:00.000Z',
  },
});
export type RotationOrderOpened = EventData<typeof RotationOrderOpened>;
