import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, itemCode, name, regionCode } from '../shapes';

/** An enterprise has to confirm its figures again: said on the day they fall due, and repeated while it does not. */
export const ReserveConfirmationDue = defineEvent({
  type: 'supplies.reserve-confirmation-due.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'An enterprise has to confirm the figures of a reserve contract again.',
  schema: z.object({
    contractId: id,
    documentNumber: z.string().min(1).max(100),
    enterpriseOrganisationId: id.nullable(),
    counterpartyName: name,
    regionCode,
    itemCode,
    dueOn: isoDate,
    overdueDays: z.int().nonnegative(),
    /** True when the figure no longer counts in the callable curve. */
    stale: z.boolean(),
  }),
  keyOf: (data) => data.contractId,
  example: {
    contractId: '0197f0c0-0000-7000-8000-0000000c0de0',
    documentNumber: '应急储备合同〔2026〕12号（演示）',
    enterpriseOrganisationId: '0197f0c0-0000-7000-8000-00000000e270',
    counterpartyName: '河曲演示帐篷厂（演示）',
    regionCode: '140930',
    itemCode: 'LRS-015',
    dueOn: '2026-07-20',
    overdueDays: 7,
    stale: true,
  },
});
export type ReserveConfirmationDue = EventData<typeof ReserveConfirmationDue>;
