'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { runPhase } = require('./script.cjs');
const { phase } = require('./tell.cjs');

const STAMP = 'node_modules/.ledger-install';

/** Whether node_modules holds what the lock file asks for, on this platform. */
async function isInstalled(root) {
  const wanted = stampOf(root);
  if (!fs.existsSync(path.join(root, 'node_modules/.bin/node'))) return false;
  if (readOrEmpty(path.join(root, STAMP)) === wanted) return true;
  if (!wasInstalledByHand(root)) return false;
  fs.writeFileSync(path.join(root, STAMP), wanted);
  return true;
}

/** Installs exactly what the lock file names. */
async function install(root) {
  const packages = Object.keys(readLock(path.join(root, 'package-lock.json'))).filter((key) => key !== '');
  const present = () => packages.filter((key) => fs.existsSync(path.join(root, key, 'package.json'))).length;
  const detail = () => `, ${present()} of about ${packages.length} packages`;
  await phase('installing packages (npm ci)', () => runNpmCi(root), detail);
  if (!fs.existsSync(path.join(root, 'node_modules/.bin/node'))) {
    throw new Error(
      'The package "node" did not install its program: allow install scripts (npm config get ignore-scripts).',
    );
  }
  fs.writeFileSync(path.join(root, STAMP), stampOf(root));
}

/**
 * Warnings stay away: an old system Node.js would get one for every package that wants a newer version, which this
 * very installation brings. Errors are shown.
 */
async function runNpmCi(root) {
  const args = ['ci', '--loglevel=error', '--no-progress', '--no-audit', '--no-fund'];
  const options = { cwd: root, env: environmentWithoutProject(root), stdio: ['inherit', 'ignore', 'inherit'] };
  await runPhase('npm', args, options, 'npm ci failed; its messages are above');
}

/** The project's own Node.js is about to be replaced: npm runs on the system's. */
function environmentWithoutProject(root) {
  const own = path.join(root, 'node_modules', '.bin');
  const PATH = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== own);
  return { ...process.env, PATH: PATH.join(path.delimiter) };
}

function stampOf(root) {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** npm notes what it has installed: packages put there by `npm ci` without this program need no second time. */
function wasInstalledByHand(root) {
  const note = path.join(root, 'node_modules/.package-lock.json');
  if (!fs.existsSync(note)) return false;
  const installed = readLock(note);
  const wanted = Object.entries(readLock(path.join(root, 'package-lock.json')));
  return wanted.every(([key, { version, optional, devOptional, link }]) => {
    if (key === '' || link) return true;
    return installed[key] === undefined ? optional || devOptional : installed[key].version === version;
  });
}

function readLock(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
}

function readOrEmpty(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

module.exports = { install, isInstalled };
