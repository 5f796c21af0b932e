import type { SourceTree } from './source-tree';

/** A broken rule, as one line: the file and what is wrong with it. */
type Violation = string;

const LONGEST_FILE = 450;
const FRAMEWORK = /^(@nestjs\/|typeorm$|nestjs-)/;
/** Beyond the framework: what a rule has no business with. */
const OUTSIDE_WORLD =
  /^(pg|kafkajs|fastify|@fastify\/.*|pino.*|node:(http|https|net|tls|fs|fs\/promises|child_process|process|os|timers|timers\/promises|worker_threads))$/;
const TEST_FILE = /(\.|-)spec\.ts$|^test\/|\/test\//;

const appOf = (path: string): string | undefined => /^apps\/([^/]+)\//.exec(path)?.[1];
const isProduct = (path: string): boolean => !TEST_FILE.test(path) && !path.startsWith('libs/testing/');
export const isDomain = (path: string): boolean => path.includes('/domain/') && isProduct(path);

export function importCycles(tree: SourceTree): Violation[] {
  return tree.inCycles().map((path) => `${path} imports itself over other files`);
}

export function appsImportingApps(tree: SourceTree): Violation[] {
  return tree.files().flatMap((path) => {
    const others = tree.importsOf(path).filter((next) => appOf(path) && appOf(next) && appOf(next) !== appOf(path));
    return others.map((next) => `${path} imports ${next}`);
  });
}

/** What each library may import of ours. Everybody else may import all but the libraries of the tests. */
const STREAM: Readonly<Record<string, RegExp>> = {
  contracts: /^libs\/contracts\//,
  platform: /^libs\/(platform|contracts)\//,
  embedded: /^libs\/embedded\//,
  testing: /^libs\//,
};
const ALL_BUT_TESTING = /^(?!libs\/testing\/)/;

/** Imports run one way: app → platform → contracts. */
export function importsAgainstTheStream(tree: SourceTree): Violation[] {
  return tree
    .files((path) => !TEST_FILE.test(path))
    .flatMap((path) => {
      const may = STREAM[/^libs\/([^/]+)\//.exec(path)?.[1] ?? ''] ?? ALL_BUT_TESTING;
      const strangers = tree.importsOf(path).filter((next) => !may.test(next));
      return strangers.map((next) => `${path} imports ${next}`);
    });
}

/** Contracts are read by everybody, also by programs without the framework. */
export function frameworkInLibraries(tree: SourceTree): Violation[] {
  const bare = (path: string): boolean => /^libs\/(contracts|embedded)\//.test(path) && isProduct(path);
  return tree.files(bare).flatMap((path) => {
    const reached = tree
      .reachedFrom(path)
      .flatMap((file) => tree.packagesOf(file).filter((name) => FRAMEWORK.test(name)));
    return [...new Set(reached)].map((name) => `${path} reaches ${name}`);
  });
}

/** Rules are pure: no framework, no outside world, no clock, chance or environment, not even through another file. */
export function impureDomain(tree: SourceTree): Violation[] {
  return tree.files(isDomain).flatMap((path) =>
    tree.reachedFrom(path).flatMap((file) => {
      const packages = tree.packagesOf(file).filter((name) => FRAMEWORK.test(name) || OUTSIDE_WORLD.test(name));
      return [...packages, ...tree.factsOf(file).impurities].map((what) => `${path} reaches ${what} in ${file}`);
    }),
  );
}

export function barrelsInApps(tree: SourceTree): Violation[] {
  return tree.files((path) => path.startsWith('apps/') && path.endsWith('/index.ts'));
}

export function longFiles(tree: SourceTree): Violation[] {
  return tree
    .files((path) => tree.factsOf(path).lines > LONGEST_FILE)
    .map((path) => `${path} has ${tree.factsOf(path).lines} lines`);
}

export function kafkajsOutsideItsAdapter(tree: SourceTree): Violation[] {
  const usesKafkajs = (path: string): boolean => tree.packagesOf(path).some((name) => /^kafkajs(\/|$)/.test(name));
  return tree.files((path) => usesKafkajs(path) && !path.startsWith('libs/platform/src/bus/kafka/'));
}

export function forwardReferences(tree: SourceTree): Violation[] {
  return tree.files((path) => !path.startsWith('test/architecture') && tree.factsOf(path).usesForwardRef);
}

export function synchronizedSchemas(tree: SourceTree): Violation[] {
  return tree.files((path) => tree.factsOf(path).synchronizesSchema);
}
