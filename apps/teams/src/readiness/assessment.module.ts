import { Module } from '@nestjs/common';
import { ReadinessRepository } from './readiness.repository';
import { ReassessTeam } from './reassess-team';

/** The computation itself, for every feature that writes a fact of a team. */
@Module({ providers: [ReadinessRepository, ReassessTeam], exports: [ReassessTeam, ReadinessRepository] })
export class AssessmentModule {}
