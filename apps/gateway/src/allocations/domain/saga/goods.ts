import type { ReservationRenewed, StockRefused, StockReleased, StockReserved } from '@ledger/contracts';
import type { GoodsLine } from '../allocation';
import type { Draft } from './draft';
import { progressClosing } from './closing';
import { progressMobilisation, withdrawFromShipments } from './mobilisation';
import { progressRelease } from './release';
import { MAX_REPLANS, TIMINGS } from './timings';
import { sendVehicleRelease } from './vehicle-requests';
import type { DecisionEvents } from './saga-events';

const isApproved = (draft: Draft): boolean => ['mobilising', 'ready'].includes(draft.state.phase);
const isAsking = (draft: Draft): boolean => draft.state.phase === 'awaiting-approval' || isApproved(draft);

/** Asks supplies for the planned sources of a line under a new reservation id. */
export function requestReservation(draft: Draft, line: GoodsLine): void {
  if (line.sources.length === 0) {
    line.reservation = 'none';
    line.reservationId = null;
    return;
  }
  line.reservationId = draft.context.nextId();
  line.reservation = 'requested';
  line.attempts++;
  sendReservation(draft, line);
}

/** Sends the request; sending it again with the same id is harmless. */
export function sendReservation(draft: Draft, line: GoodsLine): void {
  if (!line.reservationId) return;
  const firm = isApproved(draft);
  draft.send({
    send: 'reserve-stock',
    data: {
      allocationId: draft.state.allocationId,
      lineId: line.lineId,
      reservationId: line.reservationId,
      itemCode: line.itemCode,
      sources: line.sources.map(({ depotId, quantityBase }) => ({ depotId, quantityBase })),
      usableUntil: draft.state.usableUntil,
      firm,
      holdSeconds: firm ? TIMINGS.firmHoldSeconds : TIMINGS.approvalSeconds,
      mayBreakFloor: false,
      destination: { regionCode: draft.state.site.regionCode, incidentId: draft.state.incidentId },
    },
  });
  draft.awaitAnswer('reservation', line.reservationId, 'supplies');
}

/** Makes a soft promise firm after the approval, or prolongs a firm one. */
export function confirmReservation(draft: Draft, line: GoodsLine): void {
  if (!line.reservationId) return;
  if (line.reservation === 'held') line.reservation = 'confirming';
  draft.send({
    send: 'renew-reservation',
    data: {
      allocationId: draft.state.allocationId,
      lineId: line.lineId,
      reservationId: line.reservationId,
      firm: true,
      holdSeconds: TIMINGS.firmHoldSeconds,
    },
  });
  draft.awaitAnswer('reservation', line.reservationId, 'supplies');
}

export function onStockReserved(draft: Draft, data: StockReserved): void {
  const line = currentLine(draft, data);
  if (!line) return releaseStale(draft, data);
  if (line.reservation !== 'requested') return;
  draft.clearDeadline('reservation', data.reservationId);
  line.reservation = data.firm ? 'firm' : 'held';
  const total = data.shares.reduce((sum, share) => sum + share.quantityBase, 0);
  draft.note('goods', `${total} ${line.unit} ${line.itemName} promised${data.firm ? '' : ' until the approval'}`);
  if (isApproved(draft) && line.reservation === 'held') confirmReservation(draft, line);
  progressMobilisation(draft);
}

export function onReservationRenewed(draft: Draft, data: ReservationRenewed): void {
  const line = currentLine(draft, data);
  if (!line || !['confirming', 'firm'].includes(line.reservation)) return;
  draft.clearDeadline('reservation', data.reservationId);
  if (!data.firm || line.reservation === 'firm') return;
  line.reservation = 'firm';
  draft.note('goods', `${line.itemName}: promise made firm`, 'approved');
  progressMobilisation(draft);
}

export function onStockRefused(draft: Draft, data: StockRefused): void {
  const line = currentLine(draft, data);
  if (!line) return;
  draft.clearDeadline('reservation', data.reservationId);
  if (line.reservation === 'releasing') return endRelease(draft, line);
  if (!isAsking(draft)) return;
  line.excludedDepotIds = [...new Set([...line.excludedDepotIds, ...data.shortDepotIds])];
  draft.note('goods', `${line.itemName}: promise refused`, data.reason);
  askForReplan(draft, line);
}

export function onStockReleased(draft: Draft, data: StockReleased): void {
  const line = currentLine(draft, data);
  if (!line || line.reservation === 'issued') return;
  draft.clearDeadline('reservation', data.reservationId);
  if (line.reservation === 'releasing') return endRelease(draft, line);
  if (!isAsking(draft)) return;
  draft.note('goods', `${line.itemName}: promise ended`, data.cause);
  askForReplan(draft, line);
}

export function onReplanned(draft: Draft, data: DecisionEvents['replanned']): void {
  const line = draft.goodsLine(data.lineId);
  if (!line || !isAsking(draft) || line.reservation !== 'none') return;
  line.sources = data.sources;
  line.shortBase = data.shortBase;
  draft.note('plan', `${line.itemName}: planned anew over ${data.sources.length} source(s)`, `short ${data.shortBase}`);
  requestReservation(draft, line);
  progressMobilisation(draft);
}

/**
 * A line has lost its promise. Before the issue is ordered it is planned anew and the vehicles are asked for again; later
 * it stays short, because vehicles and papers for the rest are already on their way.
 */
function askForReplan(draft: Draft, line: GoodsLine): void {
  line.reservation = 'none';
  line.reservationId = null;
  const mayReplan = draft.state.phase !== 'ready' && line.attempts < MAX_REPLANS;
  if (!mayReplan) return leaveShort(draft, line);
  dropAssignment(draft);
  draft.ask({ own: 'replan', lineId: line.lineId });
}

function leaveShort(draft: Draft, line: GoodsLine): void {
  line.sources = [];
  line.shortBase = line.requestedBase;
  draft.note('goods', `${line.itemName}: stays short`);
  draft.state.attention = { owner: 'dispatcher', reason: `${line.itemName} lost its promise; ask for it again` };
  withdrawFromShipments(draft, line);
  progressMobilisation(draft);
}

/** The sources change, so the vehicles that were asked for no longer fit. */
function dropAssignment(draft: Draft): void {
  const { assignment } = draft.state;
  if (!assignment) return;
  draft.clearDeadline('assignment', assignment.assignmentId);
  sendVehicleRelease(draft, assignment.assignmentId, 'the plan has changed');
  draft.state.assignment = null;
  draft.state.shipments = [];
  draft.state.trips = [];
}

function endRelease(draft: Draft, line: GoodsLine): void {
  line.reservation = 'released';
  draft.note('goods', `${line.itemName}: promise released`);
  progressRelease(draft);
  progressClosing(draft);
}

/** The line, when the answer is about its present reservation and not about an earlier one. */
function currentLine(draft: Draft, data: { lineId: string; reservationId: string }): GoodsLine | undefined {
  const line = draft.goodsLine(data.lineId);
  return line?.reservationId === data.reservationId ? line : undefined;
}

/** An earlier reservation that was answered late must not stay held. */
function releaseStale(draft: Draft, data: StockReserved): void {
  draft.send({
    send: 'release-stock',
    data: {
      allocationId: data.allocationId,
      lineId: data.lineId,
      reservationId: data.reservationId,
      reason: 'replaced by a later plan',
    },
  });
  draft.note('goods', 'a late promise is given back', 'replaced by a later plan');
}
