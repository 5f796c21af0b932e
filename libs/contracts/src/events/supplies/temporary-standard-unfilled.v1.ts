import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, itemCode, name, quantityBase, regionCode } from '../shapes';

/** The fill-up date of a standard for a time has passed and goods are still missing. It is said once. */
export const TemporaryStandardUnfilled = defineEvent({
  type: 'supplies.temporary-standard-unfilled.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'The fill-up date of a standard for a time has passed and goods are still missing.',
  schema: z.object({
    standardId: id,
    name,
    regionCode,
    depotId: id.nullable(),
    fillUpBy: isoDate,
    validFrom: isoDate,
    lastDay: isoDate,
    missing: z
      .array(z.object({ itemCode, quantityBase, missingBase: quantityBase }))
      .min(1)
      .max(200),
  }),
  keyOf: (data) => data.standardId,
  example: {
    standardId: '0197f0c0-0000-7000-8000-000000007e11',
    name: '2026年汛期前置',
    regionCode: '140930',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    fillUpBy: '2026-06-10',
    validFrom: '2026-06-15',
    lastDay: '2026-09-30',
    missing: [{ itemCode: 'LRS-015', quantityBase: 50, missingBase: 20 }],
  },
});
export type TemporaryStandardUnfilled = EventData<typeof TemporaryStandardUnfilled>;
