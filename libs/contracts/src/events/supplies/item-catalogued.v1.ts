import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, itemCode, name } from '../shapes';

/** An item entered the catalogue or its entry changed. */
export const ItemCatalogued = defineEvent({
  type: 'supplies.item-catalogued.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'An item entered the catalogue or its entry changed.',
  schema: z.object({
    itemCode: itemCode,
    nameZh: name,
    nameEn: name,
    category: z.string().max(60),
    unit: z.string().max(20),
    recoverable: z.boolean(),
    perishable: z.boolean(),
    weightGrams: countBase,
    volumeCubicCentimetres: countBase,
  }),
  keyOf: (data) => data.itemCode,
  example: {
    itemCode: 'LRS-015',
    nameZh: '帐篷',
    nameEn: 'tent',
    category: 'living_relief',
    unit: '顶',
    recoverable: true,
    perishable: false,
    weightGrams: 45000,
    volumeCubicCentimetres: 150000,
  },
});
export type ItemCatalogued = EventData<typeof ItemCatalogued>;
