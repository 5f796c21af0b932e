import type { ReserveConfirmation } from '@ledger/contracts';
import type { ReserveContract } from '../contract';

/** An active agreement of 500 pieces within 24 hours. */
export const aContract = (overrides: Partial<ReserveContract> = {}): ReserveContract => ({
  contractId: 'contract',
  documentNumber: 'XY-1',
  mode: 'agreement',
  state: 'active',
  regionCode: '140930',
  organisationId: 'bureau',
  serves: ['140930'],
  counterpartyName: 'supplier',
  enterpriseOrganisationId: null,
  itemCode: 'LRS-015',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  responseHours: 24,
  quantityBase: 500,
  minimumBase: 0,
  ratePerDay: null,
  startUpHours: null,
  outputEveryHours: null,
  unitPriceFen: null,
  restoredBy: 'renewal',
  term: 1,
  calledBase: 0,
  drawnBase: 0,
  confirmEveryDays: null,
  graceDays: 0,
  activatedAt: '2026-01-01T00:00:00.000Z',
  confirmation: null,
  contactName: null,
  contactPhone: null,
  belowMinimumSince: null,
  synthetic: true,
  ...overrides,
});

export const aConfirmation = (overrides: Partial<ReserveConfirmation> = {}): ReserveConfirmation => ({
  confirmedAt: '2026-06-01T00:00:00.000Z',
  stockBase: 500,
  ratePerDay: null,
  startUpHours: null,
  keyInputsLevel: null,
  takenSinceBase: 0,
  ...overrides,
});
