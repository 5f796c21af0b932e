import type { ChainResult } from './chain';
import { type CheckResult, ROWS_SHOWN } from './check-service';

export interface VerifyReport {
  readonly checkedAt: string;
  readonly source: string;
  readonly services: { service: string; checks: readonly CheckResult[] }[];
}

export function countDifferences(report: VerifyReport): number {
  return report.services.flatMap(({ checks }) => checks).reduce((sum, { differences }) => sum + differences, 0);
}

/** The report for people: one line per rule, the first differing rows below it, and a closing line. */
export function describeReport(report: VerifyReport): string {
  const lines = report.services.flatMap(({ service, checks }) =>
    checks.flatMap((check) => describeCheck(service, check)),
  );
  const checks = report.services.flatMap((service) => service.checks);
  const broken = checks.filter(({ differences }) => differences > 0).length;
  const outcome = broken === 0 ? 'all hold' : `${broken} broken, ${countDifferences(report)} differences`;
  return [`Checked: ${report.source}`, '', ...lines, '', `${checks.length} rules: ${outcome}`, ''].join('\n');
}

function describeCheck(service: string, { title, differences, rows }: CheckResult): string[] {
  const verdict = differences === 0 ? 'ok' : `${differences} differ`;
  const more = differences > ROWS_SHOWN ? [`    … and ${differences - ROWS_SHOWN} more`] : [];
  return [
    `${service.padEnd(11)}${verdict.padEnd(12)}${title}`,
    ...rows.map((row) => `    ${JSON.stringify(row)}`),
    ...more,
  ];
}

/** What a person reads of the chain; at most 20 faults are named. */
export function describeChain(result: ChainResult): string {
  const head = `chain: ${result.movements} movements in ${result.blocks} blocks, latest block ${result.headHash ?? 'none'}`;
  const faults = result.faults
    .slice(0, 20)
    .map(({ kind, block, sequence }) => `  ${kind}: block ${block}${sequence ? `, movement ${sequence}` : ''}`);
  const verdict = result.isSound ? 'chain: fits' : `chain: ${result.faults.length} fault(s)`;
  return `${[head, ...faults, verdict].join('\n')}\n`;
}
