import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { type SourceFacts, readFacts } from './source-facts';

const ALIAS = /^@ledger\/([a-z-]+)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.data', 'coverage']);

/** The TypeScript files of the repository and who imports whom. Paths are relative to the root, with forward slashes. */
export class SourceTree {
  private constructor(
    private readonly facts: ReadonlyMap<string, SourceFacts>,
    private readonly edges: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** Reads the given folders from the disk. */
  static read(root: string, folders: readonly string[]): SourceTree {
    const texts = new Map<string, string>();
    for (const folder of folders) {
      for (const file of filesUnder(join(root, folder))) {
        texts.set(relative(root, file).split('\\').join('/'), readFileSync(file, 'utf8'));
      }
    }
    return SourceTree.of(texts);
  }

  /** @param texts source text by path */
  static of(texts: ReadonlyMap<string, string>): SourceTree {
    const facts = new Map([...texts].map(([path, text]) => [path, readFacts(path, text)]));
    const edges = new Map<string, string[]>();
    for (const [path, { imports }] of facts) {
      edges.set(path, [...new Set(imports.flatMap((name) => resolve(path, name, facts) ?? []))]);
    }
    return new SourceTree(facts, edges);
  }

  files(filter: (path: string) => boolean = () => true): string[] {
    return [...this.facts.keys()].filter(filter).sort();
  }

  factsOf(path: string): SourceFacts {
    const facts = this.facts.get(path);
    if (!facts) throw new Error(`no source file ${path}`);
    return facts;
  }

  /** Files of the tree that a file imports itself. */
  importsOf(path: string): readonly string[] {
    return this.edges.get(path) ?? [];
  }

  /** Names of packages and Node modules that a file imports itself. */
  packagesOf(path: string): string[] {
    return this.factsOf(path).imports.filter((name) => !name.startsWith('.') && !ALIAS.test(name));
  }

  /** The file itself and everything it reaches over any number of imports. */
  reachedFrom(path: string): string[] {
    const reached = new Set([path]);
    for (const file of reached) for (const next of this.importsOf(file)) reached.add(next);
    return [...reached];
  }

  /** Every file that can reach itself again over its imports. */
  inCycles(): string[] {
    return this.files((path) => this.importsOf(path).some((next) => this.reachedFrom(next).includes(path)));
  }
}

/** The file that an import names, or nothing for a package. */
function resolve(from: string, name: string, facts: ReadonlyMap<string, unknown>): string | undefined {
  const alias = ALIAS.exec(name);
  if (alias) return `libs/${alias[1]}/src/index.ts`;
  if (!name.startsWith('.')) return undefined;
  const target = posix.join(dirname(from), name);
  return [target, `${target}.ts`, `${target}/index.ts`].find((candidate) => facts.has(candidate));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesUnder(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}
