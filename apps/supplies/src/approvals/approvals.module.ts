import { Module } from '@nestjs/common';
import { ApprovalDesk } from './approval-desk';
import { ApprovalsController } from './approvals.controller';
import { ApprovalsQueries } from './approvals.queries';
import { ApprovalsRepository } from './approvals.repository';
import { SetApprovalRuleUseCase } from './set-approval-rule';
import { WarnOfPapersUseCase } from './warn-of-papers';

/** The one approval path: thresholds, four eyes, and the debts of what was done first. */
@Module({
  controllers: [ApprovalsController],
  providers: [ApprovalsRepository, ApprovalsQueries, ApprovalDesk, SetApprovalRuleUseCase, WarnOfPapersUseCase],
  exports: [ApprovalDesk, ApprovalsQueries],
})
export class ApprovalsModule {}
