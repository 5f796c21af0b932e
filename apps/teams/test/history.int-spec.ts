import { Client } from 'pg';
import { startTestService, type TestService } from '@ledger/testing';
import { teamsService } from '../src/service';

/** Tables whose rows are only appended. */
const HISTORY = [
  'team_grades',
  'team_state_changes',
  'personal_data_reads',
  'team_survey_returns',
  'service_contract_rates',
  'training_booking_teams',
  'identity_salts',
  'evidence_withdrawals',
  'readiness_rules',
  'readiness_rule_needs',
  'readiness_states',
];

let service: TestService;
let owner: Client;

beforeAll(async () => {
  service = await startTestService(teamsService);
  owner = new Client({ connectionString: service.databaseUrls.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

describe.each(HISTORY)('the history in %s', (table) => {
  it.each(['UPDATE', 'DELETE', 'TRUNCATE'])('refuses %s, even to the owner of the table', async (operation) => {
    const { rows } = await owner.query<{ name: string }>(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position LIMIT 1',
      [table],
    );
    const statements: Record<string, string> = {
      UPDATE: `UPDATE ${table} SET ${rows[0].name} = ${rows[0].name}`,
      DELETE: `DELETE FROM ${table}`,
      TRUNCATE: `TRUNCATE ${table} CASCADE`,
    };
    await expect(owner.query(statements[operation])).rejects.toMatchObject({
      message: expect.stringContaining('history is only appended') as string,
    });
  });

  it('is not even granted to the application role for change', async () => {
    const { rows } = await owner.query<{ privilege_type: string }>(
      `SELECT privilege_type FROM information_schema.role_table_grants
       WHERE table_name = $1 AND grantee = 'teams_app' ORDER BY privilege_type`,
      [table],
    );
    expect(rows.map((row) => row.privilege_type)).toEqual(['INSERT', 'SELECT']);
  });
});
