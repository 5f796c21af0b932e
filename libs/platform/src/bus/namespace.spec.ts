import { Namespace } from './namespace';

describe('a namespace', () => {
  it('adds and strips its prefix', () => {
    const namespace = new Namespace('test-1');
    expect(namespace.add('supplies.events.v1')).toBe('test-1.supplies.events.v1');
    expect(namespace.strip('test-1.supplies.events.v1')).toBe('supplies.events.v1');
  });

  it('changes nothing when it is empty', () => {
    const namespace = new Namespace('');
    expect(namespace.add('teams')).toBe('teams');
    expect(namespace.strip('teams')).toBe('teams');
  });
});
