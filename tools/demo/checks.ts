import type { People } from './people';
import type { Allocation } from './shapes';
import type { StockLevel } from './stock-level';

/** One thing that must be true at the end, and whether it is. */
export interface Check {
  readonly title: string;
  readonly isTrue: boolean;
  readonly detail: string;
}

interface Integrity {
  readonly lots: number;
  readonly isSound: boolean;
  readonly checks: readonly { readonly id: string; readonly faults: number }[];
  readonly allocation: {
    readonly reservedBase: number;
    readonly inTransitBase: number;
    readonly atSiteBase: number;
  } | null;
}

export interface Ending {
  readonly allocation: Allocation;
  readonly before: readonly StockLevel[];
  readonly after: readonly StockLevel[];
  readonly expectedPhase: 'closed' | 'failed';
}

/** Looks at the end from all sides: the allocation's own books, the ledger's, and the stock. */
export async function checkEnding(people: People, ending: Ending): Promise<Check[]> {
  const { allocation, expectedPhase } = ending;
  const integrity = await people.keeper.get<Integrity>(`/supplies/integrity?allocationId=${allocation.id}`);
  const held = integrity.allocation;
  const open = held ? held.reservedBase + held.inTransitBase + held.atSiteBase : -1;
  return [
    check(`the allocation is ${expectedPhase}`, allocation.phase === expectedPhase, allocation.phase),
    ...allocation.goods.map((line) => {
      const { issuedBase, consumedBase, returnedBase, lostBase } = line.account;
      const detail = `${issuedBase} issued = ${consumedBase} consumed + ${returnedBase} returned + ${lostBase} lost`;
      return check(
        `every ${line.itemName} is accounted for`,
        issuedBase === consumedBase + returnedBase + lostBase,
        detail,
      );
    }),
    check(
      'nothing is left open',
      allocation.openPoints.length === 0,
      allocation.openPoints.join('; ') || 'no open point',
    ),
    check(
      'the ledger holds nothing for the allocation',
      open === 0,
      `${open} pieces reserved, on the road or at the site`,
    ),
    check('balances equal postings', integrity.isSound, `${integrity.checks.length} rules over ${integrity.lots} lots`),
    ...stockChecks(ending),
  ];
}

/** What the stores hold less than before is what the allocation consumed, lost or brought back damaged. */
function stockChecks({ allocation, before, after, expectedPhase }: Ending): Check[] {
  return allocation.goods.map((line) => {
    const [old, now] = [before, after].map((levels) => levels.find(({ itemCode }) => itemCode === line.itemCode));
    const total = (level?: StockLevel): number =>
      level ? level.availableBase + level.reservedBase + level.quarantineBase : 0;
    const gone = total(old) - total(now);
    const expected = expectedPhase === 'failed' ? 0 : line.account.consumedBase + line.account.lostBase;
    return check(
      `the stores lack exactly the ${line.itemName} that were used or lost`,
      gone === expected,
      `${gone} gone`,
    );
  });
}

const check = (title: string, isTrue: boolean, detail: string): Check => ({ title, isTrue, detail });
