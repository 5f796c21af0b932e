import { dayAfter, startOfDayInChina, type CallableSource } from '@ledger/contracts';
import type { Day } from '../../../stock/domain/calendar';
import { expectedDays, type ChosenShare } from '../../domain/choose-agreements';
import type { ProposedCall } from './cover-shortage';

/** How a shortage of an item could be filled. */
export interface Proposal {
  readonly itemCode: string;
  readonly kind: 'advance-purchase' | ProposedCall['kind'];
  readonly sourceId: string;
  readonly sourceName: string;
  readonly documentNumber: string | null;
  readonly quantityBase: number;
  /** Of a purchase. */
  readonly amountFen: number | null;
  readonly startBy: Date;
  readonly arrivesAt: Date;
  readonly reasoning: string;
}

/** A source of the curve with what people call it. */
export interface KnownSource extends CallableSource {
  readonly name: string;
  readonly documentNumber: string | null;
}

/** @param neededBy  the goods have to be there when this day begins */
export function purchaseProposal(share: ChosenShare, today: Day, neededBy: Day): Proposal {
  const { need, offer, quantityBase, amountFen, reasoning } = share;
  const days = expectedDays(offer);
  return {
    ...{ itemCode: need.itemCode, kind: 'advance-purchase', sourceId: offer.agreementId, quantityBase, amountFen },
    ...{ sourceName: offer.supplierName, documentNumber: offer.documentNumber, reasoning },
    startBy: startOfDayInChina(dayAfter(neededBy, -days)),
    arrivesAt: startOfDayInChina(dayAfter(today, days)),
  };
}

const HOUR_MS = 3_600_000;

/** @param at  the moment from which hours are counted */
export function callProposal(itemCode: string, { kind, part }: ProposedCall, source: KnownSource, at: Date): Proposal {
  const inHours = (hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);
  const { quantityBase, arrivesAfterHours, startWithinHours } = part;
  const who = source.documentNumber === null ? source.name : `${source.documentNumber} of ${source.name}`;
  return {
    ...{ itemCode, kind, sourceId: source.sourceId, sourceName: source.name, documentNumber: source.documentNumber },
    ...{ quantityBase, amountFen: null },
    startBy: inHours(startWithinHours),
    arrivesAt: inHours(arrivesAfterHours),
    reasoning: `${who} gives ${quantityBase} of ${itemCode} within ${arrivesAfterHours} hours; no purchase brings them in time; the call may wait ${startWithinHours} hours.`,
  };
}
