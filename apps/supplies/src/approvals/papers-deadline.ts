import type { Realm } from '@ledger/contracts';
import type { Cause, Deadlines, Tx } from '@ledger/platform';

/** Kind of the deadline of a request that waits for a signature, and of its reminders. */
export const PAPERS_DUE = 'papers-due';

/** A debt that is late is called again once a day, until somebody signs or refuses. */
export const REMIND_AFTER_SECONDS = 86_400;

export async function scheduleWarning(
  deadlines: Deadlines,
  tx: Tx,
  waiting: { readonly approvalId: string; readonly owner: string; readonly dueInSeconds: number },
  cause: Cause,
): Promise<void> {
  await deadlines.schedule(tx, {
    kind: PAPERS_DUE,
    subjectId: waiting.approvalId,
    dueInSeconds: waiting.dueInSeconds,
    owner: waiting.owner,
    payload: { correlationId: cause.correlationId, realm: cause.realm },
  });
}

/** The cause of a warning: the request it belongs to. */
export function causeOfWarning(approvalId: string, payload: Readonly<Record<string, unknown>>): Cause {
  return {
    correlationId: String(payload.correlationId),
    causationId: approvalId,
    realm: payload.realm as Realm,
  };
}
