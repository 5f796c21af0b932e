import { NOW, type CommandData, type Scene } from './scene';

export function callUp(scene: Scene, { allocationId, lineId, callUpId }: CommandData<'call-up'>): void {
  const { callUps } = scene.books;
  if (callUps.has(callUpId)) return;
  if (scene.dice.chance(scene.refusals)) {
    callUps.set(callUpId, 'ended');
    const refusal = { allocationId, lineId, callUpId, code: 'TEAMS_NO_TEAM_LEFT', reason: 'none left' };
    return scene.report('teams', { type: 'call-up-refused', data: refusal });
  }
  callUps.set(callUpId, 'requested');
  const team = { teamId: scene.newId(), teamName: 'team' };
  const asked = { allocationId, lineId, callUpId, ...team, answerBy: NOW, skipped: [] };
  scene.report('teams', { type: 'team-requested', data: asked });
}

export function standDown(scene: Scene, { lineId, callUpId }: CommandData<'stand-down'>): void {
  const { callUps } = scene.books;
  if (callUps.get(callUpId) === 'ended') return;
  callUps.set(callUpId, 'ended');
  const { allocationId } = scene.allocation();
  const data = { allocationId, lineId, callUpId, teamId: null, cause: 'cancelled' as const, at: NOW };
  scene.report('teams', { type: 'team-stood-down', data });
}
