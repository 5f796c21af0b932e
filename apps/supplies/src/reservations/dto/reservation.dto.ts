import type { ReservationState } from '../domain/reservation-state';

/** Pieces of one lot put aside in a depot. */
export class ReservationShareResponse {
  depotId!: string;
  lotId!: string;
  quantityBase!: number;
  issuedBase!: number;
  releasedBase!: number;
}

/** A promise of goods to an allocation line, with the shares that lie in the caller's region. */
export class ReservationResponse {
  reservationId!: string;
  lineId!: string;
  itemCode!: string | null;
  state!: ReservationState;
  usableUntil!: string | null;
  expiresAt!: string | null;
  endCause!: 'released' | 'expired' | null;
  refusalCode!: string | null;
  refusalReason!: string | null;
  shares!: ReservationShareResponse[];
}

export class ReservationsResponse {
  allocationId!: string;
  items!: ReservationResponse[];
}
