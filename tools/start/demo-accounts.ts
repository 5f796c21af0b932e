import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A demonstration account as the seeds define it. */
export interface DemoAccount {
  readonly username: string;
  readonly roles: string;
  readonly regionCode: string;
}

interface UserRow {
  readonly username: string;
  readonly roles: string;
  readonly region_code: string;
}

/** Reads the accounts from the seeds of the gateway. */
export function readDemoAccounts(projectDir: string): DemoAccount[] {
  return parseDemoAccounts(readFileSync(join(projectDir, 'seeds/gateway/users.csv'), 'utf8'));
}

/** @param text  CSV with a header line */
export function parseDemoAccounts(text: string): DemoAccount[] {
  const rows = parse<UserRow>(text, { columns: true, bom: true, skip_empty_lines: true });
  return rows.map(({ username, roles, region_code }) => ({ username, roles, regionCode: region_code }));
}
