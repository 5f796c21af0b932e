import { classifyCluster } from './cluster-folder';

describe('a database folder', () => {
  it.each([[null], [[]]])('is absent when there is nothing in it: %j', (names) => {
    expect(classifyCluster(names)).toEqual({ kind: 'absent' });
  });

  it('is complete with the marker and the version', () => {
    expect(classifyCluster(['PG_VERSION', 'base', 'ledger-cluster.json'])).toEqual({ kind: 'complete' });
  });

  it.each([
    [['PG_VERSION', 'base', 'global'], 'ledger-cluster.json'],
    [['ledger-cluster.json', 'base'], 'PG_VERSION'],
    [['base'], 'ledger-cluster.json'],
  ])('is half initialised with %j', (names, missing) => {
    expect(classifyCluster(names)).toEqual({ kind: 'half', missing });
  });
});
