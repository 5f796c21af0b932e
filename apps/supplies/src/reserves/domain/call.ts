import type { ReserveCallState } from '@ledger/contracts';

/** A call of a reserve contract. Quantities are integers in the item's base unit. */
export interface ReserveCall {
  readonly callId: string;
  readonly contractId: string;
  readonly state: ReserveCallState;
  readonly quantityBase: number;
  readonly receivedBase: number;
  /** Given back to the contract. */
  readonly releasedBase: number;
  readonly neededBy: Date;
  readonly promisedBy: Date | null;
  readonly destinationDepotId: string | null;
  readonly destinationRegionCode: string;
  readonly breaksMinimum: boolean;
  readonly useOrder: string | null;
  readonly reason: string;
  readonly amountFen: number | null;
  readonly approvalReason: string | null;
  readonly placedById: string;
  readonly escalation: number;
}

/** Pieces that are still waited for. */
export const openBase = (call: ReserveCall): number => call.quantityBase - call.receivedBase - call.releasedBase;
