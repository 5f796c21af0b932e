import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, name } from '../shapes';

/** A trip set out with its green-channel pass. */
export const TripDeparted = defineEvent({
  type: 'transport.trip-departed.v1',
  topic: TOPICS.transportEvents,
  summary: 'A trip set out with its green-channel pass.',
  schema: z.object({
    allocationId: id,
    tripId: id,
    shipmentId: id.nullable(),
    plate: z.string().max(20),
    driverName: name,
    passNumber: z.string().max(60),
    departedAt: isoTime,
    estimatedArrival: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    plate: '晋H-演0001',
    driverName: '张司机（演示）',
    passNumber: 'P-20260701-0001',
    departedAt: '2026-07-01T01:10:00.000Z',
    estimatedArrival: '2026-07-01T01:50:00.000Z',
  },
});
export type TripDeparted = EventData<typeof TripDeparted>;
