import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertKeeps } from '../registry/register-team';
import type { RegisterTrainingSiteRequest, TrainingSiteWrittenResponse } from './dto/training-site.dto';

/** Enters a place where teams train together. */
@Injectable()
export class RegisterTrainingSiteUseCase {
  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, TEAMS_TEAM_ORGANISATION_FOREIGN,
   *   TEAMS_TRAINING_SITE_NOT_OPEN_AT_HOME when the region it is open to does not cover its own,
   *   TEAMS_TRAINING_SITE_CODE_TAKEN
   * Source: plan 000 §15–19 (joint training), plan 004 §20 (sharing and joint training).
   */
  async execute(tx: Tx, caller: Caller, request: RegisterTrainingSiteRequest): Promise<TrainingSiteWrittenResponse> {
    const { regionCode, openToRegionCode } = request;
    if (!regionCovers(caller.regionCode, regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    assertKeeps(caller, request);
    if (!regionCovers(openToRegionCode, regionCode)) throw new DomainError('TEAMS_TRAINING_SITE_NOT_OPEN_AT_HOME');
    const siteId = newId();
    const inserted = await tx.execute(
      `INSERT INTO training_sites (id, code, name_zh, name_en, region_code, open_to_region_code, organisation_id,
                                   address, facilities, capacity_people)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (code) DO NOTHING`,
      [
        ...[siteId, request.code, request.nameZh, request.nameEn, regionCode, openToRegionCode],
        ...[request.organisationId, request.address, request.facilities, request.capacityPeople],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_TRAINING_SITE_CODE_TAKEN');
    return { siteId };
  }
}
