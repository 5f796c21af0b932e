import type { ReserveMode } from '@ledger/contracts';
import { tableOf, type Table } from './csv';
import { organisationId } from './organisations';
import { HEQU } from './places';

/** An invented reserve contract of the county; what a mode does not use is left out. */
interface ReserveContractPlan {
  readonly mode: ReserveMode;
  readonly itemCode: string;
  readonly counterpartyName: string;
  /** Code of the organisation whose people confirm and answer. */
  readonly enterpriseCode?: string;
  readonly responseHours: number;
  readonly quantityBase: number;
  readonly minimumBase?: number;
  readonly ratePerDay?: number;
  readonly startUpHours?: number;
  readonly unitPriceFen?: number;
  readonly confirmEveryDays?: number;
  readonly graceDays?: number;
}

/** A signed contract that the demonstration can call, one that has to be confirmed soon, and what is only declared. */
const CONTRACTS: readonly ReserveContractPlan[] = [
  {
    mode: 'agreement',
    itemCode: 'LRS-015',
    counterpartyName: '河曲演示商贸公司（演示）',
    enterpriseCode: '140930-enterprise-9',
    responseHours: 24,
    quantityBase: 500,
    unitPriceFen: 150_000,
  },
  {
    mode: 'agreement',
    itemCode: 'LIV-003',
    counterpartyName: '河曲演示商贸公司（演示）',
    enterpriseCode: '140930-enterprise-9',
    responseHours: 12,
    quantityBase: 2_000,
    unitPriceFen: 9_600,
    confirmEveryDays: 60,
    graceDays: 7,
  },
  {
    mode: 'enterprise',
    itemCode: 'LRS-005',
    counterpartyName: '河曲演示商贸公司（演示）',
    enterpriseCode: '140930-enterprise-9',
    responseHours: 8,
    quantityBase: 1_500,
    minimumBase: 600,
    unitPriceFen: 11_000,
    confirmEveryDays: 30,
    graceDays: 3,
  },
  {
    mode: 'enterprise',
    itemCode: 'FLD-022',
    counterpartyName: '河曲演示煤电公司（演示）',
    enterpriseCode: '140930-enterprise-1',
    responseHours: 6,
    quantityBase: 30,
    minimumBase: 10,
    unitPriceFen: 250_000,
    confirmEveryDays: 90,
    graceDays: 7,
  },
  {
    mode: 'capacity',
    itemCode: 'LRS-015',
    counterpartyName: '河曲演示帐篷厂（演示）',
    enterpriseCode: '140930-enterprise-8',
    responseHours: 0,
    quantityBase: 5_000,
    ratePerDay: 200,
    startUpHours: 24,
    unitPriceFen: 155_000,
    confirmEveryDays: 30,
    graceDays: 3,
  },
  {
    mode: 'social',
    itemCode: 'LRS-005',
    counterpartyName: '河曲演示志愿者协会（演示）',
    responseHours: 24,
    quantityBase: 300,
    confirmEveryDays: 180,
  },
  {
    mode: 'household',
    itemCode: 'LRS-005',
    counterpartyName: '河曲县家庭应急储备抽样（演示）',
    responseHours: 0,
    quantityBase: 4_000,
    confirmEveryDays: 365,
  },
];

const VALID_FROM = '2026-01-01';
const VALID_TO = '2029-12-31';

export function reserveContractTable(): Table {
  return tableOf(
    'supplies/reserve-contracts.csv',
    [
      'document_number',
      'mode',
      'region_code',
      'organisation_id',
      'serves',
      'counterparty_name',
      'enterprise_organisation_id',
      'item_code',
      'valid_from',
      'valid_to',
      'response_hours',
      'quantity_base',
      'minimum_base',
      'rate_per_day',
      'start_up_hours',
      'unit_price_fen',
      'confirm_every_days',
      'grace_days',
      'synthetic',
    ],
    CONTRACTS.map((plan, index) => ({
      document_number: `河应急储备〔2026〕${index + 1}号（演示）`,
      mode: plan.mode,
      region_code: HEQU,
      organisation_id: organisationId(`${HEQU}-emergency`),
      serves: HEQU,
      counterparty_name: plan.counterpartyName,
      enterprise_organisation_id: plan.enterpriseCode ? organisationId(plan.enterpriseCode) : '',
      item_code: plan.itemCode,
      valid_from: VALID_FROM,
      valid_to: VALID_TO,
      response_hours: plan.responseHours,
      quantity_base: plan.quantityBase,
      minimum_base: plan.minimumBase ?? 0,
      rate_per_day: plan.ratePerDay ?? '',
      start_up_hours: plan.startUpHours ?? '',
      unit_price_fen: plan.unitPriceFen ?? '',
      confirm_every_days: plan.confirmEveryDays ?? '',
      grace_days: plan.graceDays ?? 0,
      synthetic: 'y',
    })),
  );
}
