import { z } from 'zod';
import { KEY_INPUT_LEVELS, RESERVE_MODES, RESERVE_STATES } from '../../reserve-contract';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoDate, isoTime, itemCode, name, quantityBase, regionCode } from '../shapes';

const hours = z.int().nonnegative().max(8_760);
const days = z.int().nonnegative().max(3_650);

/**
 * A reserve contract was made or changed: by its parties, by a confirmation, by a call or by a receipt. It carries all
 * that `whyUncounted` and `callableSourceOf` need, so that another service can work out the callable curve by itself.
 */
export const ReserveContractChanged = defineEvent({
  type: 'supplies.reserve-contract-changed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A reserve contract was made or changed; the event carries all that decides what it can give.',
  schema: z.object({
    contractId: id,
    change: z.string().min(1).max(40),
    documentNumber: z.string().min(1).max(100),
    mode: z.enum(RESERVE_MODES),
    state: z.enum(RESERVE_STATES),
    regionCode,
    organisationId: id,
    serves: z.array(regionCode).min(1).max(200),
    counterpartyName: name,
    enterpriseOrganisationId: id.nullable(),
    itemCode,
    validFrom: isoDate,
    validTo: isoDate,
    responseHours: hours,
    quantityBase,
    minimumBase: countBase,
    ratePerDay: countBase.nullable(),
    startUpHours: hours.nullable(),
    outputEveryHours: z.int().min(1).max(24).nullable(),
    calledBase: countBase,
    drawnBase: countBase,
    confirmEveryDays: days.nullable(),
    graceDays: days,
    activatedAt: isoTime.nullable(),
    confirmation: z
      .object({
        confirmedAt: isoTime,
        stockBase: countBase.nullable(),
        ratePerDay: countBase.nullable(),
        startUpHours: hours.nullable(),
        keyInputsLevel: z.enum(KEY_INPUT_LEVELS).nullable(),
        takenSinceBase: countBase,
      })
      .nullable(),
    synthetic: z.boolean(),
  }),
  keyOf: (data) => data.contractId,
  example: {
    contractId: '0197f0c0-0000-7000-8000-0000000c0de0',
    change: 'confirmed',
    documentNumber: '应急储备合同〔2026〕12号（演示）',
    mode: 'capacity',
    state: 'active',
    regionCode: '140930',
    organisationId: '0197f0c0-0000-7000-8000-000000000026',
    serves: ['140930'],
    counterpartyName: '河曲演示帐篷厂（演示）',
    enterpriseOrganisationId: '0197f0c0-0000-7000-8000-00000000e270',
    itemCode: 'LRS-015',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    responseHours: 6,
    quantityBase: 5_000,
    minimumBase: 0,
    ratePerDay: 200,
    startUpHours: 24,
    outputEveryHours: 24,
    calledBase: 400,
    drawnBase: 0,
    confirmEveryDays: 30,
    graceDays: 3,
    activatedAt: '2026-01-01T00:00:00.000Z',
    confirmation: {
      confirmedAt: '2026-06-20T02:00:00.000Z',
      stockBase: 60,
      ratePerDay: 180,
      startUpHours: 24,
      keyInputsLevel: 'sufficient',
      takenSinceBase: 0,
    },
    synthetic: true,
  },
});
export type ReserveContractChanged = EventData<typeof ReserveContractChanged>;
