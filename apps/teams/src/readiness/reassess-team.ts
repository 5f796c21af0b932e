import { Injectable, type OnModuleInit } from '@nestjs/common';
import { REALMS, ReadinessChanged } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { z } from 'zod';
import { assess, type Assessment } from './domain/readiness';
import { ReadinessRepository, type StoredState } from './readiness.repository';

export const READINESS_DEADLINE = 'team-readiness';

const deadlinePayload = z.object({ realm: z.enum(REALMS) });

/**
 * Computes how ready a team is from what is stored, keeps the answer when it differs from the last one, and sets the
 * deadline of the next instant at which time alone may change it. Whatever writes a fact of a team calls this in the
 * same transaction; so nothing has to poll all teams.
 */
@Injectable()
export class ReassessTeam implements OnModuleInit {
  constructor(
    private readonly repository: ReadinessRepository,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(READINESS_DEADLINE, (tx, { subjectId, payload }) => {
      const { realm } = deadlinePayload.parse(payload);
      const cause = { correlationId: subjectId, causationId: `${READINESS_DEADLINE}:${subjectId}`, realm };
      return this.execute(tx, subjectId, cause);
    });
  }

  async execute(tx: Tx, teamId: string, cause: Cause): Promise<void> {
    await this.deadlines.cancel(tx, READINESS_DEADLINE, teamId);
    const facts = await this.repository.lockFacts(tx, teamId);
    if (!facts) return;
    const assessment = assess(facts, tx.now);
    const last = await this.repository.lastState(tx, teamId);
    if (!last || !isSame(last, assessment)) await this.append(tx, { teamId, assessment, last }, cause);
    if (assessment.nextChangeAt === null) return;
    await this.deadlines.schedule(tx, {
      kind: READINESS_DEADLINE,
      subjectId: teamId,
      dueInSeconds: (assessment.nextChangeAt.getTime() - tx.now.getTime()) / 1000,
      owner: 'team-manager',
      payload: { realm: cause.realm },
    });
  }

  /** A transaction that waited for the team's row may be older than the last state: history never runs backwards. */
  private async append(
    tx: Tx,
    { teamId, assessment, last }: { teamId: string; assessment: Assessment; last: StoredState | undefined },
    cause: Cause,
  ): Promise<void> {
    const since = last && last.since > tx.now ? last.since : tx.now;
    await this.repository.appendState(tx, teamId, { ...assessment, ordinal: (last?.ordinal ?? 0) + 1, since });
    const { level, computedLevel, nextChangeAt } = assessment;
    const reasons = assessment.reasons.map((reason) => ({
      code: reason.code,
      level: reason.level,
      detail: reason.detail.slice(0, 500),
    }));
    const change = { teamId, previousLevel: last?.level ?? null, level, computedLevel, reasons };
    await this.outbox.add(
      tx,
      ReadinessChanged,
      { ...change, since: since.toISOString(), nextChangeAt: nextChangeAt?.toISOString() ?? null },
      cause,
    );
  }
}

function isSame(last: StoredState, next: Assessment): boolean {
  const textOf = ({ level, computedLevel, reasons }: Pick<Assessment, 'level' | 'computedLevel' | 'reasons'>): string =>
    JSON.stringify([
      level,
      computedLevel,
      reasons.map((reason) => [reason.code, reason.level, reason.detail, reason.personIds ?? []]),
    ]);
  return textOf(last) === textOf(next);
}
