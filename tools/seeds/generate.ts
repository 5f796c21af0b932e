import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { toCsv, type Table } from './csv';
import { readReference } from './reference';
import { seedTables } from './seed-tables';

/** Writes the generated seed files, or with `--check` compares them and exits 1 on a difference. */
function main(): void {
  const program = new Command('generate')
    .description('Writes the synthetic demonstration data below the seeds folder; the same every time.')
    .option('--check', 'write nothing; exit 1 when a committed file differs from what would be written')
    .option('--seeds <folder>', 'the seeds folder', process.env.SEEDS_DIR ?? 'seeds')
    .parse();
  const { check, seeds } = program.opts<{ check?: true; seeds: string }>();
  const tables = seedTables(readReference(seeds));
  if (check) reportDifferences(tables, seeds);
  else tables.forEach((table) => writeTable(table, seeds));
}

function writeTable(table: Table, seedsFolder: string): void {
  writeFileSync(join(seedsFolder, table.path), toCsv(table));
  process.stdout.write(`${table.path}: ${table.rows.length} rows\n`);
}

function reportDifferences(tables: readonly Table[], seedsFolder: string): void {
  const differing = tables.filter((table) => {
    const file = join(seedsFolder, table.path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== toCsv(table);
  });
  differing.forEach((table) => process.stderr.write(`${table.path}: differs from what the generator makes\n`));
  if (differing.length > 0) process.exitCode = 1;
  else process.stdout.write(`${tables.length} generated seed files are as the generator makes them\n`);
}

main();
