import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import { ItemParam } from '../catalogue/dto/item.dto';
import { BreakKitsUseCase } from './break-kits';
import { BuildKitsUseCase } from './build-kits';
import {
  BreakKitsRequest,
  BreakKitsResponse,
  BuildKitsRequest,
  BuildKitsResponse,
  CompletenessQuery,
  CompletenessResponse,
  KitLotResponse,
} from './dto/kit.dto';
import { KitsResponse, RecipeSetResponse, RecipesResponse, SetRecipeRequest } from './dto/recipe.dto';
import { KitsQueries } from './kits.queries';
import { SetRecipeUseCase } from './set-recipe';

@Controller()
export class KitsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: KitsQueries,
    private readonly setRecipe: SetRecipeUseCase,
    private readonly buildKits: BuildKitsUseCase,
    private readonly breakKits: BreakKitsUseCase,
  ) {}

  /** Items that are put together from others. */
  @Get('kits')
  @RequireAction('stock.read')
  kits(@Query() page: PageQuery): Promise<KitsResponse> {
    return this.queries.kits(page);
  }

  /** All revisions of a kit's recipe, the latest first. */
  @Get('kits/:code/recipes')
  @RequireAction('stock.read')
  recipes(@Param() { code }: ItemParam, @Query() page: PageQuery): Promise<RecipesResponse> {
    return this.queries.recipes(code, page);
  }

  /** Says what a kit is made of from a day on. */
  @Post('kits/:code/recipes')
  @HttpCode(201)
  @RequireAction('catalogue.manage')
  recipe(
    @Param() { code }: ItemParam,
    @Body() request: SetRecipeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecipeSetResponse> {
    const setting = { kitCode: code, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.setRecipe.execute(tx, setting));
  }

  /** How many whole kits a depot could build, and which component is short. */
  @Get('kits/:code/completeness')
  @RequireAction('stock.read')
  completeness(
    @Param() { code }: ItemParam,
    @Query() query: CompletenessQuery,
    @RequestCaller() caller: Caller,
  ): Promise<CompletenessResponse> {
    return this.queries.completeness(caller, code, query);
  }

  /** Puts kits together from free goods of a depot. */
  @Post('kits/:code/build')
  @HttpCode(201)
  @RequireAction('kit.build')
  build(
    @Param() { code }: ItemParam,
    @Body() request: BuildKitsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<BuildKitsResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    const build = { kitCode: code, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.buildKits.execute(tx, build, cause));
  }

  /** Takes kits apart and gives back what is in them. */
  @Post('kits/:code/break')
  @HttpCode(201)
  @RequireAction('kit.build')
  break(
    @Param() { code }: ItemParam,
    @Body() request: BreakKitsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<BreakKitsResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    const broken = { kitCode: code, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.breakKits.execute(tx, broken, cause));
  }

  /** What is in each kit of a lot. */
  @Get('kit-lots/:id')
  @RequireAction('stock.read')
  kitLot(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<KitLotResponse> {
    return this.queries.kitLot(caller, id);
  }
}
