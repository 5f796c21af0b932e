import type { Realm } from '@ledger/contracts';
import type { Cause, Deadlines, Tx } from '@ledger/platform';
import { addDays, startOfDay, type Day } from '../stock/domain/calendar';

/** Kind of the deadline at the end of a fill-up day. */
export const FILL_UP = 'temporary-standard-fill-up';

/** Whoever has to see to it that the goods get there. */
const OWNER = 'stock-manager';

export async function scheduleFillUp(
  deadlines: Deadlines,
  tx: Tx,
  standard: { readonly standardId: string; readonly fillUpBy: Day },
  cause: Cause,
): Promise<void> {
  const end = startOfDay(addDays(standard.fillUpBy, 1));
  await deadlines.schedule(tx, {
    kind: FILL_UP,
    subjectId: standard.standardId,
    dueInSeconds: Math.ceil((end.getTime() - tx.now.getTime()) / 1000),
    owner: OWNER,
    payload: { correlationId: cause.correlationId, realm: cause.realm },
  });
}

/** The cause of what the deadline brings about: the standard it belongs to. */
export function causeOfFillUp(standardId: string, payload: Readonly<Record<string, unknown>>): Cause {
  return {
    correlationId: String(payload.correlationId),
    causationId: standardId,
    realm: payload.realm as Realm,
  };
}
