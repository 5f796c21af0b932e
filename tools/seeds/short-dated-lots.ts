import { depotCode } from './depots';
import { HEQU } from './places';

export interface ShortDatedLot {
  readonly depotCode: string;
  readonly itemCode: string;
  /** Days from the reference date to expiry; negative for a lot that has expired. */
  readonly daysLeft: number;
}

/**
 * Holdings whose oldest lot is near its date, for rotation and first-expired-first-out, and the one expired lot, for
 * the refusal at issue.
 */
export const SHORT_DATED_LOTS: readonly ShortDatedLot[] = [
  { depotCode: depotCode(HEQU), itemCode: 'LIV-003', daysLeft: -53 },
  { depotCode: depotCode(HEQU), itemCode: 'MED-014', daysLeft: 14 },
  { depotCode: depotCode(HEQU), itemCode: 'LIV-004', daysLeft: 20 },
  { depotCode: depotCode(HEQU), itemCode: 'MED-004', daysLeft: 35 },
  { depotCode: depotCode('140930100'), itemCode: 'LIV-004', daysLeft: 25 },
  { depotCode: depotCode('140930101'), itemCode: 'LIV-003', daysLeft: 30 },
  { depotCode: depotCode('1409'), itemCode: 'LIV-001', daysLeft: 28 },
  { depotCode: depotCode('610822'), itemCode: 'LIV-003', daysLeft: 40 },
];
