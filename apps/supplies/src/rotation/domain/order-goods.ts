import { STANDINGS, type Standing } from './standing';

const rank = (standing: Standing): number => STANDINGS.indexOf(standing);

/**
 * Pieces that an order still has to see out of the depot: all of its lot, while the lot stands as high as it has to for
 * an order. An order that was opened early, at notice, keeps its goods from notice on.
 * @param lot        undefined when nothing of it lies in the depot any more
 * @param openedAt   where the lot stood when the order was opened
 */
export function leftToRotate(
  lot: { readonly heldBase: number; readonly standing: Standing } | undefined,
  openedAt: Standing,
): number {
  const from = Math.max(rank('notice'), Math.min(rank('due'), rank(openedAt)));
  return lot && rank(lot.standing) >= from ? lot.heldBase : 0;
}
