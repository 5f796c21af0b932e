import type { LotOrigin, LotQuality } from '../domain/lot';
import type { MovementKind } from '../domain/movement-kinds';

/** What an account holds of a lot. */
export class LotBalanceResponse {
  account!: string;
  depotCode!: string | null;
  quantityBase!: number;
}

/** One step in the life of a lot. */
export class LotStepResponse {
  movementId!: string;
  sequence!: number;
  kind!: MovementKind;
  postedAt!: string;
  recordedBy!: string;
  from!: string;
  to!: string;
  quantityBase!: number;
  allocationId!: string | null;
  /** The depot whose goods it moved; null on the way and at a site. */
  depotCode!: string | null;
  depotName!: string | null;
  siteName!: string | null;
  /** Who took a delivery over. */
  receiverName!: string | null;
  useOrder!: string | null;
  note!: string | null;
}

/** A lot, where it is, and how it came there. */
export class LotResponse {
  id!: string;
  itemCode!: string;
  batchNumber!: string;
  productionDate!: string | null;
  expiryDate!: string | null;
  origin!: LotOrigin;
  ownerRegionCode!: string;
  quality!: LotQuality;
  synthetic!: boolean;
  balances!: LotBalanceResponse[];
  /** Oldest first; at most 200 steps from `offset` on. */
  history!: LotStepResponse[];
}
