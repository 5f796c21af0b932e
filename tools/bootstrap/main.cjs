'use strict';
const path = require('node:path');
const { endWithNpm } = require('./ancestry.cjs');
const { build, isBuilt } = require('./build.cjs');
const { install, isInstalled } = require('./install.cjs');
const { withLock } = require('./lock.cjs');
const { Interrupted, runProgram, scriptCommand } = require('./script.cjs');
const { tell } = require('./tell.cjs');

const root = path.resolve(__dirname, '../..');

/** Installs and builds what is missing, then runs the command and ends with its exit code. */
async function main(command, args) {
  try {
    process.exitCode = await prepareAndRun(command, args);
  } catch (error) {
    if (!(error instanceof Interrupted)) tell(error.message);
    process.exitCode = error.exitCode ?? 1;
  }
}

async function prepareAndRun(command, args) {
  endWithNpm();
  const isPrepared = (await isInstalled(root)) && command !== 'build' && (await isBuilt(root));
  if (!isPrepared) await withLock(path.join(root, '.data'), () => prepare(command));
  if (command === 'build') return 0;
  const { file, fileArgs, options } = scriptCommand(root, command, args);
  return runProgram(file, fileArgs, options);
}

/** Looks again under the lock: another program may have done the work while this one waited. */
async function prepare(command) {
  if (!(await isInstalled(root))) await install(root);
  if (command === 'build' || !(await isBuilt(root))) await build(root);
}

module.exports = { main };
