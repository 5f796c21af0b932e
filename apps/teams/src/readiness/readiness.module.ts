import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module';
import { AssessmentModule } from './assessment.module';
import { LiftOverrideUseCase } from './lift-override';
import { OverrideReadinessUseCase } from './override-readiness';
import { ReadinessController } from './readiness.controller';
import { ReadinessQueries } from './readiness.queries';
import { SetRuleUseCase } from './set-rule';

/** Reads of readiness, the rules behind it, and what people say against it. */
@Module({
  imports: [RegistryModule, AssessmentModule],
  controllers: [ReadinessController],
  providers: [ReadinessQueries, OverrideReadinessUseCase, LiftOverrideUseCase, SetRuleUseCase],
})
export class ReadinessModule {}
