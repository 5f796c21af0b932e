import { resolve } from 'node:path';
import * as rules from './architecture/rules';
import { SourceTree } from './architecture/source-tree';

const repository = SourceTree.read(resolve(__dirname, '..'), ['apps', 'libs', 'tools', 'test']);

type Rule = (tree: SourceTree) => string[];

/** A rule, and a small tree that breaks it: a check that finds nothing there would prove nothing about the repository. */
interface CheckedRule {
  readonly says: string;
  readonly rule: Rule;
  readonly broken: Record<string, string>;
}

const CHECKED_RULES: readonly CheckedRule[] = [
  {
    says: 'no file imports itself over other files',
    rule: rules.importCycles,
    broken: {
      'libs/a/src/one.ts': "import { two } from './two';",
      'libs/a/src/two.ts': "export { three } from './three';",
      'libs/a/src/three.ts': "export const three = async () => (await import('./one')).one;",
    },
  },
  {
    says: 'no app imports another app',
    rule: rules.appsImportingApps,
    broken: {
      'apps/teams/src/a.ts': "import type { B } from '../../supplies/src/b';",
      'apps/supplies/src/b.ts': 'export interface B {}',
    },
  },
  {
    says: 'imports run from app to platform to contracts, and nothing but tests imports testing',
    rule: rules.importsAgainstTheStream,
    broken: {
      'libs/contracts/src/a.ts': "import { Outbox } from '@ledger/platform';",
      'libs/platform/src/index.ts': "export { Outbox } from './outbox';",
      'libs/platform/src/outbox.ts': 'export class Outbox {}',
    },
  },
  {
    says: 'contracts and embedded reach no framework',
    rule: rules.frameworkInLibraries,
    broken: {
      'libs/contracts/src/a.ts': "export { b } from './b';",
      'libs/contracts/src/b.ts': "import { Injectable } from '@nestjs/common';",
    },
  },
  {
    says: 'domain files reach no framework, outside world, clock, chance or environment',
    rule: rules.impureDomain,
    broken: {
      'apps/teams/src/calls/domain/choose.ts': "import { now } from '../helper';",
      'apps/teams/src/calls/helper.ts': 'export const now = () => new Date();',
    },
  },
  {
    says: 'no app has an index.ts',
    rule: rules.barrelsInApps,
    broken: { 'apps/teams/src/calls/index.ts': '' },
  },
  {
    says: 'no file is longer than 450 lines',
    rule: rules.longFiles,
    broken: { 'tools/long.ts': 'f();\n'.repeat(451) },
  },
  {
    says: 'kafkajs is touched by its adapter only',
    rule: rules.kafkajsOutsideItsAdapter,
    broken: { 'apps/teams/src/a.ts': "const errors = require('kafkajs/src/errors');" },
  },
  {
    says: 'no forwardRef',
    rule: rules.forwardReferences,
    broken: { 'apps/teams/src/a.ts': "import { forwardRef } from '@nestjs/common';" },
  },
  {
    says: 'no schema is synchronised',
    rule: rules.synchronizedSchemas,
    broken: { 'apps/teams/src/a.ts': 'const options = { synchronize: true };' },
  },
];

describe('the architecture', () => {
  it('is read from the repository', () => {
    expect(repository.files().length).toBeGreaterThan(100);
    expect(repository.files(rules.isDomain).length).toBeGreaterThan(0);
    expect(repository.importsOf('libs/platform/src/bus/create-bus.ts')).toContain(
      'libs/platform/src/bus/kafka/kafka-bus.ts',
    );
    expect(repository.reachedFrom('libs/platform/src/bus/create-bus.ts')).toContain('libs/contracts/src/index.ts');
  });

  it.each(CHECKED_RULES)('$says', ({ rule }) => {
    expect(rule(repository)).toEqual([]);
  });

  it.each(CHECKED_RULES)('notices when it is not true that $says', ({ rule, broken }) => {
    expect(rule(SourceTree.of(new Map(Object.entries(broken))))).not.toEqual([]);
  });

  it.each([
    ['Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['Math.random()', 'Math.random'],
    ['process.env.PATH', 'process.env'],
    ['performance.now()', 'performance.now'],
    ['randomUUID()', 'randomUUID'],
    ['setTimeout(f, 1)', 'setTimeout'],
  ])('counts %s in a domain file as impure', (use, name) => {
    const path = 'apps/teams/src/calls/domain/choose.ts';
    expect(rules.impureDomain(SourceTree.of(new Map([[path, `export const x = ${use};`]])))).toEqual([
      `${path} reaches ${name} in ${path}`,
    ]);
  });

  it('counts a date made from a value as pure', () => {
    const path = 'apps/teams/src/calls/domain/choose.ts';
    expect(rules.impureDomain(SourceTree.of(new Map([[path, 'export const x = new Date(now + 1);']])))).toEqual([]);
  });
});
