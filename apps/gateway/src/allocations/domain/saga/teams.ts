import type {
  CallUpRefused,
  TeamAccepted,
  TeamDeclined,
  TeamProgressed,
  TeamRequested,
  TeamStoodDown,
} from '@ledger/contracts';
import type { CallUp, TeamLine } from '../allocation';
import { progressClosing } from './closing';
import type { Draft } from './draft';
import { progressRelease } from './release';
import { TIMINGS } from './timings';

export function requestCallUps(draft: Draft): void {
  for (const line of draft.state.teams) {
    for (const callUp of line.callUps) {
      callUp.status = 'requested';
      sendCallUp(draft, line, callUp);
    }
  }
}

export function sendCallUp(draft: Draft, line: TeamLine, callUp: CallUp): void {
  const { state } = draft;
  draft.send({
    send: 'call-up',
    data: {
      allocationId: state.allocationId,
      incidentId: state.incidentId,
      lineId: line.lineId,
      callUpId: callUp.callUpId,
      typeCode: line.typeCode,
      site: state.site,
      answerSeconds: TIMINGS.teamAnswerSeconds,
    },
  });
  draft.awaitAnswer('call-up', callUp.callUpId, 'teams');
}

export function onTeamRequested(draft: Draft, data: TeamRequested): void {
  const found = draft.callUp(data.callUpId);
  if (found?.callUp.status !== 'requested') return;
  draft.clearDeadline('call-up', data.callUpId);
  found.callUp.teamName = data.teamName;
  const skipped = data.skipped.map((team) => `${team.teamName}: ${team.reason}`).join('; ');
  draft.note('team', `${data.teamName} asked, answer due by ${data.answerBy}`, skipped && `passed over: ${skipped}`);
}

export function onTeamAccepted(draft: Draft, data: TeamAccepted): void {
  const found = draft.callUp(data.callUpId);
  if (found?.callUp.status !== 'requested') return;
  draft.clearDeadline('call-up', data.callUpId);
  Object.assign(found.callUp, { status: 'accepted', teamId: data.teamId, teamName: data.teamName });
  draft.note('team', `${data.teamName} comes with ${data.strength}`, `${data.answeredBy}, by ${data.channel}`);
}

export function onTeamDeclined(draft: Draft, data: TeamDeclined): void {
  if (!draft.callUp(data.callUpId)) return;
  draft.note('team', `${data.teamName}: ${data.cause}`, data.reason);
}

export function onCallUpRefused(draft: Draft, data: CallUpRefused): void {
  const found = draft.callUp(data.callUpId);
  if (!found || !['requested', 'standing-down'].includes(found.callUp.status)) return;
  draft.clearDeadline('call-up', data.callUpId);
  const wasStandingDown = found.callUp.status === 'standing-down';
  found.callUp.status = 'refused';
  draft.note('team', `no ${found.line.typeCode} team can be had`, data.reason);
  if (!wasStandingDown)
    draft.state.attention = { owner: 'dispatcher', reason: `no ${found.line.typeCode} team: ${data.reason}` };
  progressRelease(draft);
  progressClosing(draft);
}

export function onTeamProgressed(draft: Draft, data: TeamProgressed): void {
  const found = draft.callUp(data.callUpId);
  if (found) draft.note('team', `${found.callUp.teamName ?? found.line.typeCode}: ${data.state}`);
}

export function onTeamStoodDown(draft: Draft, data: TeamStoodDown): void {
  const found = draft.callUp(data.callUpId);
  if (!found || ['stood-down', 'refused'].includes(found.callUp.status)) return;
  draft.clearDeadline('call-up', data.callUpId);
  found.callUp.status = 'stood-down';
  draft.note('team', `${found.callUp.teamName ?? found.line.typeCode} stood down`, data.cause);
  progressRelease(draft);
  progressClosing(draft);
}
