/** A receipt of the model; a reversed one counts no more. */
interface ModelReceipt {
  readonly quantity: number;
  readonly term: number;
  reversed: boolean;
}

interface ModelCall {
  readonly quantity: number;
  released: number;
  readonly receipts: ModelReceipt[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const receivedOf = (call: ModelCall): number =>
  sum(call.receipts.filter(({ reversed }) => !reversed).map(({ quantity }) => quantity));
const openOf = (call: ModelCall): number => call.quantity - call.released - receivedOf(call);

/** What a contract must say after any sequence of work, kept in the plainest way: nothing is cached, all is added up. */
export class ReserveModel {
  readonly calls: ModelCall[] = [];
  private term = 1;

  constructor(
    private readonly quantity: number,
    private readonly restoredBy: 'renewal' | 'delivery',
  ) {}

  get called(): number {
    return sum(this.calls.map(openOf));
  }

  get drawn(): number {
    if (this.restoredBy === 'delivery') return 0;
    const receipts = this.calls.flatMap((call) => call.receipts);
    return sum(
      receipts.filter(({ reversed, term }) => !reversed && term === this.term).map(({ quantity }) => quantity),
    );
  }

  get left(): number {
    return this.quantity - this.called - this.drawn;
  }

  /** Each answers whether the work may be done, and does it when it may. */
  call(quantity: number): boolean {
    if (quantity > this.left) return false;
    this.calls.push({ quantity, released: 0, receipts: [] });
    return true;
  }

  receive(index: number, quantity: number): boolean {
    const call = this.calls[index];
    if (quantity > openOf(call)) return false;
    call.receipts.push({ quantity, term: this.term, reversed: false });
    return true;
  }

  cancel(index: number): boolean {
    const call = this.calls[index];
    if (openOf(call) === 0) return false;
    call.released += openOf(call);
    return true;
  }

  /** Taking a receipt back makes its pieces called again; they have to find room. */
  reverse(index: number, receiptIndex: number): boolean {
    const receipt = this.calls[index].receipts[receiptIndex];
    if (receipt.reversed) return false;
    const before = this.left;
    receipt.reversed = true;
    if (this.left >= 0) return true;
    receipt.reversed = false;
    if (this.left !== before) throw new Error('the model forgot what it knew');
    return false;
  }

  renew(): boolean {
    this.term++;
    return true;
  }
}
