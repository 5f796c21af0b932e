'use strict';
const fs = require('node:fs');

const CHECK_MS = 1_000;
const SHELLS = /^(sh|dash|bash|ash|zsh)$/;

/**
 * Ends this program, as SIGTERM would, when the npm that started it is gone. npm cannot always tell: killed outright
 * it says nothing, and a SIGTERM that it passes on ends with the shell that npm puts in between.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const ancestors = ancestry();
  const timer = setInterval(() => {
    if (ancestry() === ancestors) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  timer.unref();
}

/** The parent, and if that is npm's shell, its parent too (where /proc tells it). Later ones may come and go. */
function ancestry() {
  const parent = process.ppid;
  try {
    const stat = fs.readFileSync(`/proc/${parent}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const grandparent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return SHELLS.test(name) ? `${parent} ${grandparent}` : String(parent);
  } catch {
    return String(parent);
  }
}

module.exports = { endWithNpm };
