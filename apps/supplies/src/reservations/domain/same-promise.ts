import { DomainError } from '@ledger/contracts';

interface Promised {
  readonly allocationId: string;
  readonly lineId: string;
}

/**
 * A reservation id belongs to one allocation line for ever.
 * @throws DomainError SUPPLIES_RESERVATION_CONFLICT
 */
export function assertSamePromise(command: Promised & { readonly reservationId: string }, known: Promised): void {
  if (command.allocationId === known.allocationId && command.lineId === known.lineId) return;
  throw new DomainError('SUPPLIES_RESERVATION_CONFLICT', { detail: `reservation ${command.reservationId}` });
}
