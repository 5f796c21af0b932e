import type { ReserveContractTerms, Restoration } from '@ledger/contracts';

/** A reserve contract as the use cases see it. Quantities are integers in the item's base unit, money is integer fen. */
export interface ReserveContract extends ReserveContractTerms {
  readonly documentNumber: string;
  /** Whose reserve it is. */
  readonly regionCode: string;
  readonly organisationId: string;
  /** Regions, with all below them, that it serves. */
  readonly serves: readonly string[];
  readonly counterpartyName: string;
  readonly enterpriseOrganisationId: string | null;
  readonly itemCode: string;
  readonly unitPriceFen: number | null;
  readonly restoredBy: Restoration;
  readonly term: number;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly belowMinimumSince: Date | null;
  readonly synthetic: boolean;
}

/** Terms that an amendment or a renewal may change. */
export type ChangeableTerms = Pick<
  ReserveContract,
  | 'documentNumber'
  | 'serves'
  | 'counterpartyName'
  | 'validTo'
  | 'responseHours'
  | 'quantityBase'
  | 'minimumBase'
  | 'ratePerDay'
  | 'startUpHours'
  | 'outputEveryHours'
  | 'unitPriceFen'
  | 'confirmEveryDays'
  | 'graceDays'
  | 'contactName'
  | 'contactPhone'
>;
