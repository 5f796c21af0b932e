import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { IdParam, Idempotency, RequestIdentity, RequireAction, causeOfRequest, type Identity } from '@ledger/platform';
import { DecideProposalUseCase } from './decide-proposal';
import {
  DecideRequest,
  DecidedResponse,
  ProposeExtensionRequest,
  ProposeScrapRequest,
  ProposedResponse,
} from './dto/proposal.dto';
import {
  LinkTransferRequest,
  LinkedTransferResponse,
  RecordDisposalRequest,
  RecordSwapRequest,
  RecordUseRequest,
  WayOutResponse,
} from './dto/way-out.dto';
import { LinkTransferUseCase } from './link-transfer';
import { ProposeAppraisalUseCase } from './propose-appraisal';
import { TakeWayOutUseCase, type WayTaken } from './take-way-out';

/** The ways out of a rotation order. Each takes all of its goods or a part; the parts add up. */
@Controller('rotation')
export class WaysOutController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly wayOut: TakeWayOutUseCase,
    private readonly propose: ProposeAppraisalUseCase,
    private readonly decide: DecideProposalUseCase,
    private readonly linkTransfer: LinkTransferUseCase,
  ) {}

  /** Goods were put to use, in peacetime or in a drill. */
  @Post('orders/:id/uses')
  @HttpCode(201)
  @RequireAction('rotation.work')
  use(
    @Param() { id }: IdParam,
    @Body() request: RecordUseRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<WayOutResponse> {
    return this.take(identity, { orderId: id, caller: identity.caller, ...request });
  }

  /** A supplier took goods back against newer ones. */
  @Post('orders/:id/swaps')
  @HttpCode(201)
  @RequireAction('rotation.manage')
  swap(
    @Param() { id }: IdParam,
    @Body() { supplier, ...request }: RecordSwapRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<WayOutResponse> {
    const goods = { orderId: id, caller: identity.caller, way: 'swap', counterparty: supplier } as const;
    return this.take(identity, { ...goods, ...request });
  }

  /** Goods were given away or sold. */
  @Post('orders/:id/disposals')
  @HttpCode(201)
  @RequireAction('rotation.manage')
  async dispose(
    @Param() { id }: IdParam,
    @Body() request: RecordDisposalRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<WayOutResponse> {
    if (request.way === 'sell' && request.priceFen === undefined) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/priceFen', reason: 'is needed for a sale' }] });
    }
    return this.take(identity, { orderId: id, caller: identity.caller, ...request });
  }

  /** Goods left for another depot: the transfer is counted under the order. */
  @Post('orders/:id/transfers')
  @HttpCode(201)
  @RequireAction('rotation.work')
  transfer(
    @Param() { id }: IdParam,
    @Body() { transferId }: LinkTransferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LinkedTransferResponse> {
    const linked = { orderId: id, caller: identity.caller, transferId };
    return this.idempotency.once(identity, (tx) => this.linkTransfer.execute(tx, linked));
  }

  /** Asks to let the lot live longer, after an appraisal; another person decides. */
  @Post('orders/:id/extensions')
  @HttpCode(201)
  @RequireAction('rotation.work')
  extend(
    @Param() { id }: IdParam,
    @Body() request: ProposeExtensionRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ProposedResponse> {
    const asked = { orderId: id, caller: identity.caller };
    return this.idempotency.once(identity, (tx) => this.propose.extend(tx, asked, request));
  }

  /** Asks to scrap pieces, after an appraisal; another person decides. */
  @Post('orders/:id/scraps')
  @HttpCode(201)
  @RequireAction('rotation.work')
  scrap(
    @Param() { id }: IdParam,
    @Body() request: ProposeScrapRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ProposedResponse> {
    const asked = { orderId: id, caller: identity.caller };
    return this.idempotency.once(identity, (tx) => this.propose.scrap(tx, asked, request));
  }

  /** Decides on the appraisal that another person laid down. */
  @Post('proposals/:id/decision')
  @HttpCode(200)
  @RequireAction('rotation.decide')
  decideProposal(
    @Param() { id }: IdParam,
    @Body() { decision, note }: DecideRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DecidedResponse> {
    const decided = { proposalId: id, caller: identity.caller, approved: decision === 'approve', note };
    return this.idempotency.once(identity, (tx) =>
      this.decide.execute(tx, decided, (orderId) => causeOfRequest(identity, orderId)),
    );
  }

  private take(identity: Identity, taken: WayTaken): Promise<WayOutResponse> {
    return this.idempotency.once(identity, (tx) =>
      this.wayOut.execute(tx, taken, (orderId) => causeOfRequest(identity, orderId)),
    );
  }
}
