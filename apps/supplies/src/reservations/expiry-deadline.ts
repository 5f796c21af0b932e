import type { Realm } from '@ledger/contracts';
import type { Cause, Deadlines, Tx } from '@ledger/platform';

/** Kind of the deadline that ends a promise which nobody renewed. */
export const RESERVATION_EXPIRY = 'reservation-expiry';

/** Whoever has to act when the deadline itself keeps failing. */
const OWNER = 'stock-manager';

export async function scheduleExpiry(
  deadlines: Deadlines,
  tx: Tx,
  hold: { readonly reservationId: string; readonly holdSeconds: number },
  cause: Cause,
): Promise<void> {
  await deadlines.schedule(tx, {
    kind: RESERVATION_EXPIRY,
    subjectId: hold.reservationId,
    dueInSeconds: hold.holdSeconds,
    owner: OWNER,
    payload: { correlationId: cause.correlationId, realm: cause.realm },
  });
}

/** The cause of what a deadline brings about: the promise it belongs to. */
export function causeOfExpiry(reservationId: string, payload: Readonly<Record<string, unknown>>): Cause {
  return {
    correlationId: String(payload.correlationId),
    causationId: reservationId,
    realm: payload.realm as Realm,
  };
}
