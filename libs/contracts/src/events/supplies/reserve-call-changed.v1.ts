import { z } from 'zod';
import { RESERVE_CALL_STATES } from '../../reserve-contract';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, itemCode, quantityBase, regionCode } from '../shapes';

/** A call of a reserve contract was placed, signed, answered, delivered or cancelled, or is late. */
export const ReserveCallChanged = defineEvent({
  type: 'supplies.reserve-call-changed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A call of a reserve contract was placed, signed, answered, delivered or cancelled, or is late.',
  schema: z.object({
    callId: id,
    contractId: id,
    change: z.string().min(1).max(40),
    state: z.enum(RESERVE_CALL_STATES),
    itemCode,
    quantityBase,
    receivedBase: countBase,
    releasedBase: countBase,
    neededBy: isoTime,
    promisedBy: isoTime.nullable(),
    destinationDepotId: id.nullable(),
    destinationRegionCode: regionCode,
    useOrder: z.string().max(100).nullable(),
    /** How often nobody acted on it in time: 0 while it is not late. */
    escalation: z.int().nonnegative().max(10),
  }),
  keyOf: (data) => data.contractId,
  example: {
    callId: '0197f0c0-0000-7000-8000-00000000ca11',
    contractId: '0197f0c0-0000-7000-8000-0000000c0de0',
    change: 'received-in-part',
    state: 'delivering',
    itemCode: 'LRS-015',
    quantityBase: 400,
    receivedBase: 200,
    releasedBase: 0,
    neededBy: '2026-07-04T00:00:00.000Z',
    promisedBy: null,
    destinationDepotId: '0197f0c0-0000-7000-8000-00000000de90',
    destinationRegionCode: '140930',
    useOrder: 'UO-2026-07',
    escalation: 0,
  },
});
export type ReserveCallChanged = EventData<typeof ReserveCallChanged>;
