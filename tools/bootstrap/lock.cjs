'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { tell } = require('./tell.cjs');

const POLL_MS = 500;
/** A lock folder without a process number is being made at this moment, or was left by a program that was killed. */
const UNSIGNED_GRACE_MS = 5_000;

/** Does the work while no other bootstrap of this clone installs or builds; waits for one that does. */
async function withLock(folder, work) {
  fs.mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'bootstrap.lock');
  let waitsFor = null;
  while (!take(lock)) {
    const holder = holderOf(lock);
    if (holder.isGone) {
      removeStale(lock, holder.pid);
    } else {
      if (holder.pid !== waitsFor) tell(`process ${holder.pid} installs or builds in this clone; waiting for it`);
      waitsFor = holder.pid;
      await delay(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    fs.mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  fs.writeFileSync(path.join(lock, 'pid'), String(process.pid));
  return true;
}

function holderOf(lock) {
  try {
    const pid = Number(fs.readFileSync(path.join(lock, 'pid'), 'utf8'));
    return { pid, isGone: pid === process.pid || !isAlive(pid) };
  } catch {
    const made = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return { pid: 0, isGone: Date.now() - made > UNSIGNED_GRACE_MS };
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the stale lock away first; if another program has taken it over in between, the lock is put back. */
function removeStale(lock, stalePid) {
  const aside = `${lock}.${process.pid}`;
  try {
    fs.renameSync(lock, aside);
  } catch {
    return;
  }
  if (holderOf(aside).pid === stalePid) fs.rmSync(aside, { recursive: true, force: true });
  else fs.renameSync(aside, lock);
}

module.exports = { withLock };
