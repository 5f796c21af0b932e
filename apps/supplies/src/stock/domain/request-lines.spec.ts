import { assertLines, reportedTime } from './request-lines';
import { uuid } from './testing/builders';

const faultsAt = (...pointers: string[]): Error =>
  expect.objectContaining({
    code: 'REQUEST_INVALID',
    details: { errors: pointers.map((pointer) => expect.objectContaining({ pointer }) as object) },
  }) as Error;

describe('assertLines', () => {
  const lines = (...quantities: number[]) => quantities.map((base, index) => ({ lineId: uuid(index), base }));

  it('takes lines that each name something', () => {
    expect(() => assertLines(lines(1, 2), ({ base }) => base)).not.toThrow();
  });

  it('names every line that names nothing', () => {
    expect(() => assertLines(lines(0, 2, 0), ({ base }) => base)).toThrow(faultsAt('/lines/0', '/lines/2'));
  });

  it('names a line that comes twice', () => {
    const twice = [...lines(1), ...lines(1)];
    expect(() => assertLines(twice, ({ base }) => base)).toThrow(faultsAt('/lines/1/lineId'));
  });
});

describe('reportedTime', () => {
  const now = new Date('2026-07-01T00:00:00Z');

  it('is the present when nothing was reported', () => {
    expect(reportedTime(undefined, now, '/at')).toBe(now);
  });

  it('is what was reported, in any zone', () => {
    expect(reportedTime('2026-07-01T07:30:00+08:00', now, '/at')).toEqual(new Date('2026-06-30T23:30:00Z'));
  });

  it('refuses the future', () => {
    expect(() => reportedTime('2026-07-01T08:00:01+08:00', now, '/at')).toThrow(faultsAt('/at'));
  });
});
