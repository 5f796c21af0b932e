'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { runPhase, scriptCommand } = require('./script.cjs');
const { phase } = require('./tell.cjs');

const STAMP = 'dist/.ledger-build.json';
const FOLDERS = ['apps', 'libs', 'tools'];
const FILES = ['nest-cli.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
/** Not part of the build: tests, what only tests use, and this bootstrap. */
const LEFT_OUT = /^libs\/testing$|^(apps|libs)\/[^/]+\/(test|fixtures)$|\.spec\.ts$|\.cjs$|node_modules$/;

/** Whether `dist` was built from the sources as they are now. */
async function isBuilt(root) {
  return readStamp(root).hash === describeSources(root).hash;
}

/** Builds everything; afterwards removes what earlier builds made from sources that are gone. */
async function build(root) {
  const earlier = readStamp(root).sources;
  const now = describeSources(root);
  fs.rmSync(path.join(root, STAMP), { force: true });
  const { file, fileArgs, options } = scriptCommand(root, 'build');
  const toStderr = { ...options, stdio: ['inherit', 2, 2] };
  await phase('building', () => runPhase(file, fileArgs, toStderr, 'The build failed'));
  const gone = earlier.filter((source) => !now.sources.includes(source));
  gone.forEach((source) => removeOutput(root, source));
  fs.writeFileSync(path.join(root, STAMP), JSON.stringify(now));
}

/** The paths of all sources, and a hash over their paths, times and sizes. */
function describeSources(root) {
  const sources = [...FILES, ...FOLDERS.flatMap((folder) => filesUnder(root, folder))].sort();
  const hash = createHash('sha256').update(process.arch);
  for (const source of sources) {
    const stats = fs.statSync(path.join(root, source), { throwIfNoEntry: false });
    hash.update(`${source}\0${stats?.mtimeMs}\0${stats?.size}\n`);
  }
  return { hash: hash.digest('hex'), sources };
}

function filesUnder(root, folder) {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (LEFT_OUT.test(name)) return [];
    return entry.isDirectory() ? filesUnder(root, name) : [name];
  });
}

function removeOutput(root, source) {
  const output = path.join(root, 'dist', source.replace(/\.ts$/, '.js'));
  for (const file of [output, `${output}.map`]) fs.rmSync(file, { force: true });
}

function readStamp(root) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, STAMP), 'utf8'));
  } catch {
    return { hash: '', sources: [] };
  }
}

module.exports = { build, isBuilt };
