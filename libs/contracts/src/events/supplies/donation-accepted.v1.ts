import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoTime, itemCode, quantityBase, regionCode } from '../shapes';

/** A donation was accepted, bound to its purpose or for any use. It says nothing about who gave. */
export const DonationAccepted = defineEvent({
  type: 'supplies.donation-accepted.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A donation was accepted, bound to its purpose or for any use. It says nothing about who gave.',
  schema: z.object({
    donationId: id,
    number: z.string().min(1).max(60),
    regionCode,
    depotId: id,
    purpose: z.object({
      kind: z.enum(['undirected', 'region', 'incident', 'group']),
      regionCode: regionCode.nullable(),
      incidentId: id.nullable(),
      group: z.string().max(100).nullable(),
    }),
    lines: z.array(z.object({ lineId: id, itemCode, quantityBase })).max(100),
    /** Money is recorded, not kept. */
    moneyFen: z.int().positive().nullable(),
    /** `owed`: it was taken in before anybody signed. */
    papers: z.enum(['signed', 'owed']),
    acceptedAt: isoTime,
  }),
  keyOf: (data) => data.donationId,
  example: {
    donationId: '0197f0c0-0000-7000-8000-000000000d01',
    number: 'DON-2026-000003',
    regionCode: '140930',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    purpose: { kind: 'region', regionCode: '140930101', incidentId: null, group: null },
    lines: [{ lineId: '0197f0c0-0000-7000-8000-000000000d02', itemCode: 'LRS-015', quantityBase: 20 }],
    moneyFen: null,
    papers: 'signed',
    acceptedAt: '2026-07-01T02:10:00.000Z',
  },
});
export type DonationAccepted = EventData<typeof DonationAccepted>;
