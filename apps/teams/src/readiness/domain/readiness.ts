import { dayAfter, dayInChina, startOfDayInChina } from '@ledger/contracts';

/** From worst to best. */
export const LEVELS = ['not-ready', 'limited', 'ready'] as const;
export type Level = (typeof LEVELS)[number];

export interface Evidence {
  readonly kindCode: string;
  readonly family: string;
  readonly passed: boolean;
  readonly beginsOn: string;
  /** The last day. */
  readonly validUntil: string | null;
}

export interface Member {
  readonly personId: string;
  /** Withdrawn evidence left out. */
  readonly evidence: readonly Evidence[];
  readonly rests: readonly { readonly from: Date; readonly until: Date }[];
}

export interface Need {
  readonly kindCode: string;
  readonly kindName: string;
  /** How many of those who can go out must have it; null: each member. */
  readonly holders: number | null;
  readonly lowersTo: 'limited' | 'not-ready';
}

export interface Rule {
  readonly typeCode: string | null;
  readonly regionCode: string | null;
  readonly validFrom: string;
  readonly readyPercent: number;
  readonly limitedPercent: number;
  readonly needs: readonly Need[];
}

export interface Override {
  readonly way: 'lower' | 'raise';
  readonly level: Level;
  readonly reason: string;
  readonly setBy: string;
  readonly from: Date;
  readonly until: Date | null;
}

/** Everything that readiness follows from. */
export interface Facts {
  readonly state: 'active' | 'disbanded';
  /** People, as registered. */
  readonly strength: number;
  readonly members: readonly Member[];
  /** Those for the team's kind and region, of all days. */
  readonly rules: readonly Rule[];
  readonly overrides: readonly Override[];
}

/** Why a team is not ready without limits. */
export interface Reason {
  readonly code: string;
  readonly level: Level;
  readonly detail: string;
  /** Whose papers or rest it is about, by id; at most 20. */
  readonly personIds?: readonly string[];
}

export interface Assessment {
  readonly level: Level;
  /** Without an override. */
  readonly computedLevel: Level;
  readonly reasons: readonly Reason[];
  /** The next instant at which the answer may differ by the passing of time alone. */
  readonly nextChangeAt: Date | null;
}

type Check = (facts: Facts, rule: Rule, now: Date) => Reason[];

/** What is looked at, in the order of the reasons. Gear, vehicles and duty are further checks of the same form. */
const CHECKS: readonly Check[] = [checkStrength, checkNeeds];

const MAX_IDS = 20;

/**
 * How ready a team is at an instant, why, and when to look again. The worst reason decides. A named person may say it is
 * worse, and an approver, until a named instant, that it is better; the reasons stay either way.
 */
export function assess(facts: Facts, now: Date): Assessment {
  const reasons = reasonsOf(facts, now);
  const computedLevel = worst(reasons.map(({ level }) => level));
  const override = facts.overrides.find(({ from, until }) => from <= now && (until === null || until > now));
  const nextChangeAt = nextInstant(facts, now);
  if (!override || facts.state === 'disbanded') return { level: computedLevel, computedLevel, reasons, nextChangeAt };
  const level = override.way === 'lower' ? worst([computedLevel, override.level]) : best(computedLevel, override.level);
  const detail = `${override.way === 'lower' ? 'lowered' : 'raised'} by ${override.setBy}: ${override.reason}`;
  return { level, computedLevel, reasons: [...reasons, { code: 'override', level, detail }], nextChangeAt };
}

export const isWorse = (one: Level, other: Level): boolean => LEVELS.indexOf(one) < LEVELS.indexOf(other);
const worst = (levels: readonly Level[]): Level =>
  levels.reduce<Level>((lowest, level) => (isWorse(level, lowest) ? level : lowest), 'ready');
const best = (one: Level, other: Level): Level => (isWorse(one, other) ? other : one);

function reasonsOf(facts: Facts, now: Date): Reason[] {
  if (facts.state === 'disbanded') {
    return [{ code: 'disbanded', level: 'not-ready', detail: 'the team was disbanded' }];
  }
  const rule = ruleInForce(facts.rules, dayInChina(now));
  if (!rule) return [{ code: 'no-rule', level: 'limited', detail: 'nobody has said what a team of this kind needs' }];
  return CHECKS.flatMap((check) => check(facts, rule, now));
}

/** Of the rules that have begun: the one for the kind before the one for all, the narrower region first, then the latest. */
export function ruleInForce(rules: readonly Rule[], today: string): Rule | undefined {
  return rules
    .filter(({ validFrom }) => validFrom <= today)
    .sort(
      (a, b) =>
        Number(b.typeCode !== null) - Number(a.typeCode !== null) ||
        (b.regionCode?.length ?? 0) - (a.regionCode?.length ?? 0) ||
        (a.validFrom < b.validFrom ? 1 : -1),
    )
    .at(0);
}

function checkStrength(facts: Facts, rule: Rule, now: Date): Reason[] {
  const able = facts.members.filter((member) => canGoOut(member, now)).length;
  const enough = (percent: number): number => Math.max(1, Math.ceil((facts.strength * percent) / 100));
  if (able >= enough(rule.readyPercent)) return [];
  const level = able >= enough(rule.limitedPercent) ? 'limited' : 'not-ready';
  const out = facts.members.filter((member) => !canGoOut(member, now));
  const detail = `${able} people can go out, ${enough(rule.readyPercent)} are needed`;
  return [{ code: 'strength', level, detail, ...idsOf(out) }];
}

function checkNeeds(facts: Facts, rule: Rule, now: Date): Reason[] {
  const today = dayInChina(now);
  return rule.needs.flatMap((need): Reason[] => {
    const has = (member: Member): boolean => member.evidence.some((one) => counts(one, need.kindCode, today));
    const shown = { code: `evidence:${need.kindCode}`, level: need.lowersTo };
    if (need.holders === null) {
      const without = facts.members.filter((member) => !has(member));
      if (without.length === 0) return [];
      const detail = `${without.length} of ${facts.members.length} people have no valid ${need.kindName}`;
      return [{ ...shown, detail, ...idsOf(without) }];
    }
    const holders = facts.members.filter((member) => canGoOut(member, now) && has(member)).length;
    if (holders >= need.holders) return [];
    return [
      { ...shown, detail: `${holders} people with a valid ${need.kindName} can go out, ${need.holders} are needed` },
    ];
  });
}

const idsOf = (members: readonly Member[]): { personIds?: string[] } =>
  members.length === 0
    ? {}
    : {
        personIds: members
          .map(({ personId }) => personId)
          .sort()
          .slice(0, MAX_IDS),
      };

/** Not at rest, and not found unfit by the latest medical check in force. */
function canGoOut(member: Member, now: Date): boolean {
  if (member.rests.some(({ from, until }) => from <= now && until > now)) return false;
  const today = dayInChina(now);
  const checks = member.evidence.filter((one) => one.family === 'medical' && isInForce(one, today));
  const latest = checks.reduce<Evidence | undefined>(
    (last, one) => (last === undefined || one.beginsOn >= last.beginsOn ? one : last),
    undefined,
  );
  return latest === undefined || latest.passed;
}

const isInForce = ({ beginsOn, validUntil }: Evidence, today: string): boolean =>
  beginsOn <= today && (validUntil === null || validUntil >= today);
const counts = (one: Evidence, kindCode: string, today: string): boolean =>
  one.kindCode === kindCode && one.passed && isInForce(one, today);

function nextInstant(facts: Facts, now: Date): Date | null {
  if (facts.state === 'disbanded') return null;
  const instants = [
    ...facts.members.flatMap(({ evidence }) => evidence.flatMap(instantsOfEvidence)),
    ...facts.members.flatMap(({ rests }) => rests.flatMap(({ from, until }) => [from, until])),
    ...facts.rules.map(({ validFrom }) => startOfDayInChina(validFrom)),
    ...facts.overrides.flatMap(({ from, until }) => (until === null ? [from] : [from, until])),
  ];
  const later = instants.filter((instant) => instant > now).map((instant) => instant.getTime());
  return later.length === 0 ? null : new Date(later.reduce((first, one) => Math.min(first, one)));
}

const instantsOfEvidence = ({ beginsOn, validUntil }: Evidence): Date[] => [
  startOfDayInChina(beginsOn),
  ...(validUntil === null ? [] : [startOfDayInChina(dayAfter(validUntil, 1))]),
];
