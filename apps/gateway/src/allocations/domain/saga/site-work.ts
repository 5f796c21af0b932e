import type { DifferenceSettled, HandoutRecorded, StockDelivered, StockReturned } from '@ledger/contracts';
import { progressClosing } from './closing';
import type { Draft } from './draft';
import { progressDelivery } from './movement';

export function onStockDelivered(draft: Draft, data: StockDelivered): void {
  const trip = draft.trip(data.tripId);
  if (!trip || trip.booked) return;
  trip.booked = true;
  trip.delivery = null;
  draft.clearDeadline('delivery-booking', trip.tripId);
  for (const delivered of data.lines) {
    const account = draft.goodsLine(delivered.lineId)?.account;
    if (!account) continue;
    account.inTransitBase -= delivered.receivedBase + delivered.damagedBase + delivered.lostBase;
    account.atSiteBase += delivered.receivedBase;
    account.damagedAtSiteBase += delivered.damagedBase;
    account.lostBase += delivered.lostBase;
  }
  const missing = data.lines.reduce((sum, line) => sum + line.inTransitBase, 0);
  draft.note(
    'ledger',
    `delivery of ${trip.plate} booked`,
    missing > 0 ? `${missing} stay in transit until settled` : '',
  );
  if (missing > 0) {
    draft.state.attention = {
      owner: 'stock-manager',
      reason: `${missing} missing piece(s) of ${trip.plate} to settle`,
    };
  }
  progressDelivery(draft);
}

export function onDifferenceSettled(draft: Draft, data: DifferenceSettled): void {
  for (const settled of data.lines) {
    const account = draft.goodsLine(settled.lineId)?.account;
    if (!account) continue;
    account.inTransitBase -= settled.foundBase + settled.lostBase;
    account.atSiteBase += settled.foundBase;
    account.lostBase += settled.lostBase;
    draft.note('ledger', `difference settled: ${settled.foundBase} found, ${settled.lostBase} lost`);
  }
  draft.state.attention = null;
  progressClosing(draft);
}

export function onHandoutRecorded(draft: Draft, data: HandoutRecorded): void {
  for (const handedOut of data.lines) {
    const account = draft.goodsLine(handedOut.lineId)?.account;
    if (!account) continue;
    account.handedOutBase += handedOut.quantityBase;
    if (!handedOut.consumed) continue;
    account.atSiteBase -= handedOut.quantityBase;
    account.consumedBase += handedOut.quantityBase;
  }
  draft.state.peopleReached += data.peopleReached;
  draft.state.firstHandoutAt ??= data.handedOutAt;
  draft.note('hand out', `${data.peopleReached} people reached`, `recorded by ${data.recordedBy}`);
  progressClosing(draft);
}

export function onStockReturned(draft: Draft, data: StockReturned): void {
  for (const returned of data.lines) {
    const account = draft.goodsLine(returned.lineId)?.account;
    if (!account) continue;
    const total = returned.usableBase + returned.damagedBase + returned.lostBase;
    if (data.from === 'transit') {
      account.inTransitBase -= total;
    } else {
      takeFromSite(account, returned);
    }
    account.returnedBase += returned.usableBase + returned.damagedBase;
    account.lostBase += returned.lostBase;
    const name = draft.goodsLine(returned.lineId)?.itemName ?? returned.itemCode;
    draft.note(
      'return',
      `${name}: ${returned.usableBase} usable, ${returned.damagedBase} damaged, ${returned.lostBase} lost`,
    );
  }
  progressClosing(draft);
}

/** Damaged pieces of a return are first those that arrived damaged, then pieces damaged in use. */
function takeFromSite(
  account: { atSiteBase: number; damagedAtSiteBase: number },
  returned: { usableBase: number; damagedBase: number; lostBase: number },
): void {
  const arrivedDamaged = Math.min(account.damagedAtSiteBase, returned.damagedBase);
  account.damagedAtSiteBase -= arrivedDamaged;
  account.atSiteBase -= returned.usableBase + returned.lostBase + (returned.damagedBase - arrivedDamaged);
}
