import { randomUUID } from 'node:crypto';
import { DomainError, depotAccount, type Caller, type DepotAccount, type DepotState } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { aCaller, type TestService } from '@ledger/testing';
import { PiecesModel, type Move, type Piece } from '../pieces-model';
import { RICE, TENT, type TestDepot } from '../world';

/** What became of a step. */
export type Outcome = 'taken' | 'refused' | 'nothing to do';

/** Picks one of several; every step gets its own, so that a walk can be repeated. */
export type Pick = <T>(choices: readonly T[]) => T;

export const AMOUNTS = [1, 2, 3, 5, 8] as const;
export const FEW = [0, 0, 0, 1, 2] as const;

/** A movement that may be undone, as the model sees it. */
export interface Undoable {
  readonly movementId: string;
  readonly moves: readonly Move[];
  undone: boolean;
  /** True while something else has to be done instead. */
  readonly isKept?: () => boolean;
  /** What has to end before the pieces go back; returns how to take that back when they cannot. */
  readonly before?: () => () => void;
}

const personOf = (displayName: string): Caller =>
  aCaller({ roles: ['keeper', 'stock-manager', 'approver'], userId: randomUUID(), displayName });

/** What all families of steps share: the service, the model, and the people. */
export class WalkWorld {
  readonly model = new PiecesModel();
  readonly undoable: Undoable[] = [];
  readonly caller = personOf('One');
  /** For whatever takes two, and three. */
  readonly second = personOf('Two');
  readonly third = personOf('Three');
  readonly items: string[] = [TENT, RICE];

  constructor(
    readonly service: TestService,
    readonly depots: readonly TestDepot[],
    /** What the first depot has to keep of tents and of rice. */
    readonly floorBase: number,
  ) {}

  /** Runs a use case in a transaction; undefined when a rule refused it. */
  async run<UseCase, Answer>(
    type: abstract new (...parameters: never[]) => UseCase,
    work: (useCase: UseCase, tx: Tx) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const useCase = this.service.running.app.get<UseCase>(type as never);
    try {
      return await this.service.database.transaction((tx) => work(useCase, tx));
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'SUPPLIES_LEDGER_CORRUPT') return undefined;
      throw error;
    }
  }

  remember(movementId: string, moves: readonly Move[], more: Partial<Undoable> = {}): void {
    this.undoable.push({ movementId, moves, undone: false, ...more });
  }

  floorOf(depotId: string, itemCode: string): number {
    return depotId === this.depots[0].id && (itemCode === TENT || itemCode === RICE) ? this.floorBase : 0;
  }

  free(depotId: string, itemCode: string): Piece[] {
    const account = depotAccount(depotId, 'available');
    return this.model.find((piece) => piece.account === account && piece.itemCode === itemCode);
  }

  /** A depot and a lot that has pieces there in a state; a refusal is worth less than a movement. */
  pickPlace(pick: Pick, state: DepotState): Place | undefined {
    const places = this.depots.flatMap((depot) => {
      const account = depotAccount(depot.id, state);
      const lotIds = [...new Set(this.model.at(account).map(({ lotId }) => lotId))];
      return lotIds.map((lotId) => ({ depot, lotId, account }));
    });
    return places.length > 0 ? pick(places) : undefined;
  }
}

export interface Place {
  readonly depot: TestDepot;
  readonly lotId: string;
  readonly account: DepotAccount;
}

/** @throws Error when one side took what the other refused */
export function expectSame(what: string, model: boolean, ledger: boolean): void {
  if (model !== ledger) {
    throw new Error(
      `${what}: the model says ${model ? 'taken' : 'refused'}, the ledger ${ledger ? 'took' : 'refused'} it`,
    );
  }
}
