import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, itemCode, name } from '../shapes';

/** A trip arrived and its load was handed over, with what was short, damaged or lost. */
export const TripDelivered = defineEvent({
  type: 'transport.trip-delivered.v1',
  topic: TOPICS.transportEvents,
  summary: 'A trip arrived and its load was handed over, with what was short, damaged or lost.',
  schema: z.object({
    allocationId: id,
    tripId: id,
    shipmentId: id.nullable(),
    siteId: id,
    receiverName: name,
    deliveredAt: isoTime,
    lines: z
      .array(
        z.object({
          lineId: id,
          itemCode,
          receivedBase: countBase,
          damagedBase: countBase,
          lostBase: countBase,
          missingBase: countBase,
        }),
      )
      .max(500),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    siteId: '0197f0c0-0000-7000-8000-00000000517e',
    receiverName: '李主任（演示）',
    deliveredAt: '2026-07-01T01:55:00.000Z',
    lines: [
      {
        lineId: '0197f0c0-0000-7000-8000-00000000a11e',
        itemCode: 'LRS-015',
        receivedBase: 57,
        damagedBase: 1,
        lostBase: 2,
        missingBase: 0,
      },
    ],
  },
});
export type TripDelivered = EventData<typeof TripDelivered>;
