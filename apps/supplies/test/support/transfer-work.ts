import type { TestCaller, TestService } from '@ledger/testing';
import type { TransferDetailResponse } from '../../src/transfers/dto/transfer-record.dto';
import { getFrom, postTo } from './warehouse-work';
import { KEEPER, STOCK_MANAGER, TENT, type TestDepot } from './world';

export interface TransferAnswer {
  readonly transferId: string;
  readonly state: string;
  readonly movementId: string | null;
}

export interface SettlementAnswer extends TransferAnswer {
  readonly settlementId: string;
  readonly transferState: string;
}

export interface ArrivedCounts {
  readonly received?: number;
  readonly damaged?: number;
  readonly short?: number;
  readonly surplus?: number;
}

export interface SettledCounts {
  readonly atReceiver?: number;
  readonly atSender?: number;
  readonly lost?: number;
}

/** Steps of transfers between two depots over HTTP, as stock managers and keepers take them. */
export class TransferWork {
  constructor(
    private readonly service: TestService,
    readonly from: TestDepot,
    readonly to: TestDepot,
  ) {}

  order(lines: readonly object[], more: object = {}, as: TestCaller = STOCK_MANAGER) {
    const depots = { fromDepotId: this.from.id, toDepotId: this.to.id };
    return postTo<TransferAnswer>(this.service, 'transfers', { ...depots, reason: 'nearer', lines, ...more }, as);
  }

  /** Orders tents, or so much of one lot. */
  async ordered(quantityBase: number, lotId?: string): Promise<string> {
    return (await this.order([{ itemCode: TENT, lotId, quantityBase }])).body.transferId;
  }

  dispatch(transferId: string, body: object = {}, as: TestCaller = KEEPER) {
    return postTo<TransferAnswer>(this.service, `transfers/${transferId}/dispatch`, body, as);
  }

  /** … and lets them go. */
  async sent(quantityBase: number, lotId?: string): Promise<string> {
    const transferId = await this.ordered(quantityBase, lotId);
    const answer = await this.dispatch(transferId);
    if (answer.status !== 201) throw new Error(`dispatch answered ${JSON.stringify(answer.body)}`);
    return transferId;
  }

  receive(transferId: string, lotId: string, counts: ArrivedCounts, more: object = {}, as: TestCaller = this.receiver) {
    const { received = 0, damaged = 0, short = 0, surplus = 0 } = counts;
    const line = { lotId, receivedBase: received, damagedBase: damaged, shortBase: short, surplusBase: surplus };
    return postTo<TransferAnswer & { receiptId: string }>(
      this.service,
      `transfers/${transferId}/receipts`,
      { lines: [line], ...more },
      as,
    );
  }

  settle(transferId: string, lotId: string, counts: SettledCounts, as: TestCaller = STOCK_MANAGER) {
    const { atReceiver = 0, atSender = 0, lost = 0 } = counts;
    const line = { lotId, foundAtReceiverBase: atReceiver, foundAtSenderBase: atSender, lostBase: lost };
    return postTo<SettlementAnswer>(
      this.service,
      `transfers/${transferId}/settlements`,
      { lines: [line], note: 'asked the driver' },
      as,
    );
  }

  decide(transferId: string, settlementId: string, decision: 'approve' | 'reject', as: TestCaller) {
    return postTo<SettlementAnswer>(
      this.service,
      `transfers/${transferId}/settlements/${settlementId}/decision`,
      { decision, note: 'heard both' },
      as,
    );
  }

  cancel(transferId: string, as: TestCaller = STOCK_MANAGER) {
    return postTo<TransferAnswer>(this.service, `transfers/${transferId}/cancellation`, { reason: 'no truck' }, as);
  }

  async read(transferId: string): Promise<TransferDetailResponse> {
    return (await getFrom<TransferDetailResponse>(this.service, `transfers/${transferId}`)).body;
  }

  private get receiver(): TestCaller {
    return { ...KEEPER, regionCode: this.to.regionCode };
  }
}
