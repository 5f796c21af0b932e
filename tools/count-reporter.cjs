const { writeFileSync, writeSync } = require('node:fs');

/** Written between a suite's title and the reason why it was not run; `describeWithKafka` puts it there. */
const NOT_RUN = ' — not run: ';
const STDOUT = 1;

/** jest reporter: names the suites that were not run, then closes with one line that any runner can read. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((file) => file.testResults).filter((test) => test.status === 'pending');
    const titles = skipped.flatMap((test) => test.ancestorTitles.filter((title) => title.includes(NOT_RUN)));
    const notRun = [...new Set(titles)].map((title) => `Not run: ${title.replace(NOT_RUN, ': ')}\n`);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const counts = { passed: results.numPassedTests, failed, skipped: results.numPendingTests };
    const count = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
    // One part of a whole run: `run-tests.cjs` prints the sum.
    if (process.env.LEDGER_COUNT_FILE) writeFileSync(process.env.LEDGER_COUNT_FILE, JSON.stringify(counts));
    // jest prints its own summary after all reporters; these lines have to come last.
    process.once('exit', () => writeSync(STDOUT, `\n${notRun.join('')}${process.env.LEDGER_COUNT_FILE ? '' : count}`));
  }
};
