import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoTime, itemCode, name, regionCode } from '../shapes';

/** An enterprise that holds a reserve fell below its minimum. Said once per fall: again only after it was back. */
export const EnterpriseBelowMinimum = defineEvent({
  type: 'supplies.enterprise-below-minimum.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'An enterprise that holds a reserve fell below its minimum; said once per fall.',
  schema: z.object({
    contractId: id,
    documentNumber: z.string().min(1).max(100),
    enterpriseOrganisationId: id.nullable(),
    counterpartyName: name,
    regionCode,
    itemCode,
    minimumBase: countBase,
    stockBase: countBase,
    cause: z.enum(['confirmation', 'amendment', 'delivery', 'activation']),
    since: isoTime,
  }),
  keyOf: (data) => data.contractId,
  example: {
    contractId: '0197f0c0-0000-7000-8000-0000000c0de1',
    documentNumber: '应急储备合同〔2026〕13号（演示）',
    enterpriseOrganisationId: '0197f0c0-0000-7000-8000-00000000e271',
    counterpartyName: '河曲演示商贸公司（演示）',
    regionCode: '140930',
    itemCode: 'LRS-005',
    minimumBase: 500,
    stockBase: 420,
    cause: 'confirmation',
    since: '2026-06-20T02:00:00.000Z',
  },
});
export type EnterpriseBelowMinimum = EventData<typeof EnterpriseBelowMinimum>;
