import type { Stack } from '@ledger/embedded';
import { invariants as gateway } from '../../apps/gateway/src/database/invariants';
import { invariants as supplies } from '../../apps/supplies/src/database/invariants';
import { invariants as teams } from '../../apps/teams/src/database/invariants';
import { invariants as transport } from '../../apps/transport/src/database/invariants';
import { checkService } from '../../tools/verify/check-service';

const INVARIANTS = { supplies, teams, transport, gateway } as const;

/** The rules that the rows of a running stack break, by their ids; empty when the ledger is sound. */
export async function brokenInvariants(stack: Pick<Stack, 'databases'>): Promise<string[]> {
  const broken: string[] = [];
  for (const [service, rules] of Object.entries(INVARIANTS)) {
    const results = await checkService(stack.databases[service as keyof typeof INVARIANTS].app, rules);
    broken.push(...results.filter(({ differences }) => differences > 0).map(({ id }) => id));
  }
  return broken;
}
