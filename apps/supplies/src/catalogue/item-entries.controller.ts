import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Idempotency, RequestIdentity, RequireAction, causeOfRequest, type Identity } from '@ledger/platform';
import { AddPackUseCase } from './add-pack';
import { AmendItemUseCase } from './amend-item';
import { CatalogueItemUseCase } from './catalogue-item';
import { CapabilitySetResponse, ItemCapabilityParam, SetCapabilityRequest } from './dto/capability.dto';
import { AmendItemRequest, CatalogueItemRequest, ItemWrittenResponse } from './dto/item-entry.dto';
import { ItemParam, PackResponse } from './dto/item.dto';
import { AddPackRequest, PackParam, RetiredPackResponse } from './dto/pack.dto';
import { RetirePackUseCase } from './retire-pack';
import { SetCapabilityUseCase } from './set-capability';

/** Writes to the catalogue, by those who keep it. */
@Controller('items')
export class ItemEntriesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly catalogueItem: CatalogueItemUseCase,
    private readonly amendItem: AmendItemUseCase,
    private readonly addPack: AddPackUseCase,
    private readonly retirePack: RetirePackUseCase,
    private readonly setCapability: SetCapabilityUseCase,
  ) {}

  /** Takes a new item into the catalogue. */
  @Post()
  @HttpCode(201)
  @RequireAction('catalogue.manage')
  create(@Body() request: CatalogueItemRequest, @RequestIdentity() identity: Identity): Promise<ItemWrittenResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    const item = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.catalogueItem.execute(tx, item, cause));
  }

  /** Changes the entry of an item; it is sent whole, with the version that was read. */
  @Put(':code')
  @RequireAction('catalogue.manage')
  amend(
    @Param() { code }: ItemParam,
    @Body() request: AmendItemRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ItemWrittenResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    const amendment = { code, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.amendItem.execute(tx, amendment, cause));
  }

  /** Says in which packs an item comes. */
  @Post(':code/packs')
  @HttpCode(201)
  @RequireAction('catalogue.manage')
  pack(
    @Param() { code }: ItemParam,
    @Body() request: AddPackRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PackResponse> {
    const addition = { code, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.addPack.execute(tx, addition));
  }

  /** Takes a pack out of use. */
  @Post(':code/packs/:packId/retirement')
  @HttpCode(200)
  @RequireAction('catalogue.manage')
  retire(@Param() { code, packId }: PackParam, @RequestIdentity() identity: Identity): Promise<RetiredPackResponse> {
    const retirement = { code, packId, caller: identity.caller };
    return this.idempotency.once(identity, (tx) => this.retirePack.execute(tx, retirement));
  }

  /** Says how much of a capability one base unit gives. */
  @Put(':code/capabilities/:capability')
  @RequireAction('catalogue.manage')
  capability(
    @Param() { code, capability }: ItemCapabilityParam,
    @Body() request: SetCapabilityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CapabilitySetResponse> {
    const setting = { code, capability, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.setCapability.execute(tx, setting));
  }
}
