/**
 * One rule that the rows of a service's database must keep at all times. `sql` returns the rows that break it: none
 * means the rule holds. `npm run verify`, the tests and the demonstration all run the same lists.
 */
export interface Invariant {
  /** Short and stable, for machines: `supplies.balance-equals-postings`. */
  readonly id: string;
  /** One sentence for people. */
  readonly title: string;
  readonly sql: string;
}
