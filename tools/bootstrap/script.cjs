'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const { constants } = require('node:os');
const path = require('node:path');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The person at the terminal ended a phase before the command; nothing more is said. */
class Interrupted extends Error {
  constructor(signal) {
    super(`ended by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs a program, passes signals on to it and waits for its end. After Ctrl-C at a terminal the program has had the
 * signal from there already, and npm sends one more: a program that counts them (start does) has to tell one wish from
 * two by their distance in time.
 * @returns its exit code; 128 + n when signal n ended it
 */
function runProgram(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    SIGNALS.forEach((signal) => process.on(signal, forward));
    const release = () => SIGNALS.forEach((signal) => process.off(signal, forward));
    child.once('error', (error) => {
      release();
      reject(new Error(`${file} cannot be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      release();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** As `runProgram`, for a phase before the command: anything but success ends this program. */
async function runPhase(file, args, options, failure) {
  let interruption = null;
  const note = (signal) => (interruption = signal);
  SIGNALS.forEach((signal) => process.on(signal, note));
  const code = await runProgram(file, args, options);
  SIGNALS.forEach((signal) => process.off(signal, note));
  if (interruption !== null) throw new Interrupted(interruption);
  if (code !== 0) throw Object.assign(new Error(`${failure} (exit code ${code}).`), { exitCode: code });
}

/**
 * How to run the script `run:<name>` of package.json as npm would, the packages' programs first on the path, but
 * without npm and its shell in between: npm hands SIGTERM to that shell, the shell ends without passing it on, and the
 * program would be left behind. A script of one command replaces the shell that reads it.
 */
function scriptCommand(root, name, args = []) {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const script = scripts[`run:${name}`];
  const line = /[;&|]/.test(script) ? script : `exec ${script}`;
  const PATH = [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
  const options = { cwd: root, env: { ...process.env, PATH } };
  return { file: '/bin/sh', fileArgs: ['-c', `${line} "$@"`, name, ...args], options };
}

module.exports = { Interrupted, runPhase, runProgram, scriptCommand };
