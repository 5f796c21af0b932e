import fc from 'fast-check';
import type { TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { ReserveModel } from './support/reserve-model';
import { ReserveDesk, anAgreement, dayFromNow, toDepot } from './support/reserves';
import { aDepot, startSupplies, type TestDepot } from './support/world';

const QUANTITY = 500;
const RUNS = 12;
const STEPS = 14;
/** The same work every time; another seed does other work. */
const SEED = Number(process.env.WALK_SEED ?? 20260701);

let service: TestService;
let desk: ReserveDesk;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
  depot = await aDepot(service);
});
afterAll(() => service.stop());

type Step = {
  readonly kind: 'call' | 'receive' | 'cancel' | 'reverse' | 'renew';
  readonly pick: number;
  readonly size: number;
};
const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('call', 'call', 'receive', 'receive', 'cancel', 'reverse', 'renew'),
    pick: fc.nat(100),
    size: fc.integer({ min: 1, max: 260 }),
  }),
  { minLength: 4, maxLength: STEPS },
);

/** The same work done to the service and to the model; each says whether it was taken. */
class BothBooks {
  private readonly callIds: string[] = [];
  private readonly movements: string[][] = [];
  private days = 201;

  constructor(
    private readonly contractId: string,
    private readonly model: ReserveModel,
  ) {}

  async take({ kind, pick, size }: Step): Promise<[taken: boolean, expected: boolean]> {
    const index = pick % Math.max(1, this.callIds.length);
    if (kind === 'call') return this.call(size);
    if (kind === 'renew') return this.renew();
    if (this.callIds.length === 0) return [true, true];
    if (kind === 'receive') return this.receive(index, size);
    if (kind === 'cancel') {
      return [(await desk.cancel(this.callIds[index])).status === 200, this.model.cancel(index)];
    }
    return this.reverse(index, pick);
  }

  async figures(): Promise<[read: number[], expected: number[]]> {
    const { calledBase, drawnBase, callableBase } = await desk.read(this.contractId);
    return [
      [calledBase, drawnBase, callableBase],
      [this.model.called, this.model.drawn, this.model.left],
    ];
  }

  private async call(size: number): Promise<[boolean, boolean]> {
    const answer = await desk.place(this.contractId, toDepot(depot, size));
    if (answer.status === 201) {
      this.callIds.push(answer.body.callId);
      this.movements.push([]);
    }
    return [answer.status === 201, this.model.call(size)];
  }

  private async receive(index: number, size: number): Promise<[boolean, boolean]> {
    const answer = await desk.receive(this.callIds[index], depot.id, size);
    if (answer.status === 201) this.movements[index].push(answer.body.receipt.movementId);
    return [answer.status === 201, this.model.receive(index, size)];
  }

  private async reverse(index: number, pick: number): Promise<[boolean, boolean]> {
    const movements = this.movements[index];
    if (movements.length === 0) return [true, true];
    const receipt = pick % movements.length;
    const answer = await desk.post(`movements/${movements[receipt]}/reversal`, { reason: '点错了' });
    return [answer.status === 201, this.model.reverse(index, receipt)];
  }

  private async renew(): Promise<[boolean, boolean]> {
    const body = { reason: '续签', validTo: dayFromNow(this.days++) };
    const answer = await desk.post(`reserve-contracts/${this.contractId}/renewal`, body);
    return [answer.status === 200, this.model.renew()];
  }
}

it('a contract says what the plainest model says, whatever is called, received, called off, reversed and renewed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('renewal', 'delivery'), steps, async (restoredBy, work) => {
      const contractId = await desk.contract(anAgreement({ quantityBase: QUANTITY, restoredBy }));
      const books = new BothBooks(contractId, new ReserveModel(QUANTITY, restoredBy as 'renewal' | 'delivery'));
      for (const step of work) {
        const [taken, expected] = await books.take(step);
        expect([step, taken]).toEqual([step, expected]);
        const [read, said] = await books.figures();
        expect([step, read]).toEqual([step, said]);
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(await brokenInvariants(service.database)).toEqual([]);
});
