// Runs all tests: unit, architecture and integration on both cores, then the scenarios one after the other, because each
// of them starts the whole product. Closes with one line that counts everything. With arguments it is plain jest.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, existsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const JEST = join(require.resolve('jest/package.json'), '../bin/jest.js');
const PARTS = [
  ['--selectProjects', 'unit', 'architecture', 'integration'],
  ['--selectProjects', 'e2e', '--runInBand'],
];

function runJest(parameters, countFile) {
  const env = { ...process.env, ...(countFile ? { LEDGER_COUNT_FILE: countFile } : {}) };
  return spawnSync(process.execPath, [JEST, ...parameters], { stdio: 'inherit', env }).status ?? 1;
}

function main(parameters) {
  if (parameters.includes('--help')) {
    console.log(
      'Usage: npm test [-- jest arguments]\n\nWithout arguments: all tests. Exit code 0 only if none failed.',
    );
    return 0;
  }
  if (parameters.length > 0) return runJest(parameters);
  const folder = mkdtempSync(join(tmpdir(), 'ledger-tests-'));
  const files = PARTS.map((_, index) => join(folder, `${index}.json`));
  const statuses = PARTS.map((part, index) => runJest(part, files[index]));
  const counts = files.map((file) =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1, skipped: 0 },
  );
  rmSync(folder, { recursive: true, force: true });
  const sum = (part) => counts.reduce((total, count) => total + count[part], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return statuses.every((status) => status === 0) ? 0 : 1;
}

process.exit(main(process.argv.slice(2)));
