import { NOW, type Job, type Scene } from './scene';

/** A leader accepts a call-up, and later ends the work. */
export function callUpJobs(scene: Scene): Job[] {
  return [...scene.books.callUps].flatMap(([callUpId, status]): Job[] => {
    if (status === 'requested') return [() => accept(scene, callUpId)];
    if (status === 'accepted') return [() => endWork(scene, callUpId)];
    return [];
  });
}

function accept(scene: Scene, callUpId: string): void {
  scene.books.callUps.set(callUpId, 'accepted');
  const answer = { teamName: 'team', strength: 12, answeredBy: 'leader', channel: 'system' as const };
  scene.report('teams', { type: 'team-accepted', data: { ...headOf(scene, callUpId), ...answer } });
}

function endWork(scene: Scene, callUpId: string): void {
  scene.books.callUps.set(callUpId, 'ended');
  const end = { cause: 'completed' as const, at: NOW };
  scene.report('teams', { type: 'team-stood-down', data: { ...headOf(scene, callUpId), ...end } });
}

function headOf(scene: Scene, callUpId: string) {
  const { allocationId, teams } = scene.allocation();
  const line = teams.find(({ callUps }) => callUps.some((callUp) => callUp.callUpId === callUpId));
  return { allocationId, lineId: line?.lineId ?? '', callUpId, teamId: callUpId };
}
