import { armFailPoints, failPoint } from './fail-points';

let kills: jest.SpyInstance;

beforeEach(() => {
  kills = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => {
  armFailPoints(undefined);
  kills.mockRestore();
});

it('does nothing at a place that nobody has armed', () => {
  failPoint('relay.after-publish');
  armFailPoints('inbox.after-effect');
  failPoint('relay.after-publish');
  expect(kills).not.toHaveBeenCalled();
});

it('ends the process at an armed place, at once or when it comes there for the nth time', () => {
  armFailPoints('relay.after-publish, inbox.after-effect:3');
  failPoint('relay.after-publish');
  expect(kills.mock.calls).toEqual([[process.pid, 'SIGKILL']]);
  failPoint('inbox.after-effect');
  failPoint('inbox.after-effect');
  expect(kills).toHaveBeenCalledTimes(1);
  failPoint('inbox.after-effect');
  expect(kills).toHaveBeenCalledTimes(2);
});

it('forgets what was armed before', () => {
  armFailPoints('relay.after-publish');
  armFailPoints('');
  failPoint('relay.after-publish');
  expect(kills).not.toHaveBeenCalled();
});
