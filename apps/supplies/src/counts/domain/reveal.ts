import { isOver, type CountState } from './count-state';

/**
 * Whether somebody may see what the ledger expects. In a blind count nobody does while lines are still counted, so that
 * nobody can tell a counter; afterwards everybody but the counters, who may have to count again one day.
 */
export function mayReveal(count: { readonly blind: boolean; readonly state: CountState }, isCounter: boolean): boolean {
  if (!count.blind) return true;
  return !isCounter && (count.state === 'submitted' || isOver(count.state));
}
