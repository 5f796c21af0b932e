import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { countBase, id, isoTime, itemCode, name, site } from '../../events/shapes';

/** Asks supplies to book what a trip handed over: received and damaged to the site, lost to lost, missing stays in transit. */
export const RecordDelivery = defineEvent({
  type: 'supplies.record-delivery.v1',
  topic: TOPICS.dispatchCommands,
  summary:
    'Asks supplies to book what a trip handed over: received and damaged to the site, lost to lost, missing stays in transit.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    shipmentId: id,
    tripId: id,
    site: site,
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
      .min(1)
      .max(500),
    receiverName: name,
    deliveredAt: isoTime,
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    shipmentId: '0197f0c0-0000-7000-8000-000000005417',
    tripId: '0197f0c0-0000-7000-8000-000000007819',
    site: {
      siteId: '0197f0c0-0000-7000-8000-00000000517e',
      name: '楼子营村安置点',
      regionCode: '140930101200',
      latitude: 39.42,
      longitude: 111.22,
    },
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
    receiverName: '李主任（演示）',
    deliveredAt: '2026-07-01T01:55:00.000Z',
  },
});
export type RecordDelivery = EventData<typeof RecordDelivery>;
