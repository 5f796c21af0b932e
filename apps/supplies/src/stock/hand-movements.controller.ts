import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  Database,
  GroupedWrites,
  Idempotency,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import {
  RecordMovementRequest,
  RecordMovementsRequest,
  RecordedMovementResponse,
  RecordedMovementsResponse,
} from './dto/hand-movement.dto';
import { RecordMovementsUseCase, type EnteredMovement } from './record-movements';

@Controller()
export class HandMovementsController {
  private readonly grouped: GroupedWrites<EnteredMovement, RecordedMovementResponse>;

  constructor(
    database: Database,
    private readonly idempotency: Idempotency,
    private readonly recordMovements: RecordMovementsUseCase,
  ) {
    this.grouped = new GroupedWrites(database, (tx, entered) => recordMovements.execute(tx, entered));
  }

  /** Records one movement by hand. Movements that many people enter at once share their transactions. */
  @Post('movements')
  @HttpCode(201)
  @RequireAction('movement.record')
  record(
    @Body() movement: RecordMovementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordedMovementResponse> {
    return this.grouped.once(identity, enteredBy(identity, movement));
  }

  /** Records up to 100 movements that take effect together, in their order, or not at all. */
  @Post('movements::batch')
  @HttpCode(201)
  @RequireAction('movement.record')
  recordAll(
    @Body() { movements }: RecordMovementsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordedMovementsResponse> {
    const entered = movements.map((movement) => enteredBy(identity, movement));
    return this.idempotency.once(identity, async (tx) => ({
      movements: await this.recordMovements.execute(tx, entered),
    }));
  }
}

const enteredBy = (identity: Identity, movement: RecordMovementRequest): EnteredMovement => ({
  caller: identity.caller,
  movement,
  cause: causeOfRequest(identity, identity.correlationId),
});
