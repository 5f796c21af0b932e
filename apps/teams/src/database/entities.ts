import { CallUpAttemptRow, CallUpChangeRow, CallUpRow } from '../call-ups/call-up.entity';
import {
  EvidenceKindRow,
  EvidenceWithdrawalRow,
  IdentitySaltRow,
  PersonEvidenceRow,
  PersonRestRow,
  PersonRow,
  TeamMembershipRow,
} from '../people/person.entity';
import { PersonalDataReadRow } from '../personal-data/personal-data.entity';
import {
  ReadinessOverrideRow,
  ReadinessRuleNeedRow,
  ReadinessRuleRow,
  ReadinessStateRow,
} from '../readiness/readiness.entity';
import {
  SpecialtyRow,
  TeamCapabilityKindRow,
  TeamCapabilityRow,
  TeamContactRow,
  TeamCoverageRegionRow,
  TeamGradeRow,
  TeamSpecialtyRow,
  TeamStateChangeRow,
} from '../registry/team-entry.entity';
import { TeamRow, TeamTypeRow } from '../registry/team.entity';
import {
  ServiceContractRateRow,
  ServiceContractRow,
  TeamSurveyReturnRow,
} from '../social-records/social-record.entity';
import { TrainingBookingRow, TrainingBookingTeamRow, TrainingSiteRow } from '../training-sites/training-site.entity';

export const TEAMS_ENTITIES: readonly unknown[] = [
  TeamTypeRow,
  TeamRow,
  SpecialtyRow,
  TeamSpecialtyRow,
  TeamCoverageRegionRow,
  TeamCapabilityKindRow,
  TeamCapabilityRow,
  TeamContactRow,
  TeamGradeRow,
  TeamStateChangeRow,
  PersonalDataReadRow,
  TeamSurveyReturnRow,
  ServiceContractRow,
  ServiceContractRateRow,
  TrainingSiteRow,
  TrainingBookingRow,
  TrainingBookingTeamRow,
  IdentitySaltRow,
  PersonRow,
  TeamMembershipRow,
  EvidenceKindRow,
  PersonEvidenceRow,
  EvidenceWithdrawalRow,
  PersonRestRow,
  ReadinessRuleRow,
  ReadinessRuleNeedRow,
  ReadinessStateRow,
  ReadinessOverrideRow,
  CallUpRow,
  CallUpAttemptRow,
  CallUpChangeRow,
];
