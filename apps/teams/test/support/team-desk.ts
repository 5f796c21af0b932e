import { randomUUID } from 'node:crypto';
import { HEQU, HEQU_BUREAU, waitFor, type TestAnswer, type TestCaller, type TestService } from '@ledger/testing';
import type { TeamWrittenResponse } from '../../src/registry/dto/team-entry.dto';

export const API = '/api/v1/teams';
export const MANAGER: TestCaller = { roles: ['team-manager'], username: 'teams.hequ', userId: randomUUID() };
export const DISPATCHER: TestCaller = { roles: ['dispatcher'], username: 'dispatcher.hequ', userId: randomUUID() };
export const AUDITOR: TestCaller = {
  roles: ['auditor'],
  username: 'auditor',
  userId: randomUUID(),
  regionCode: '1409',
};
export const FUGU_MANAGER: TestCaller = { ...MANAGER, userId: randomUUID(), regionCode: '610822' };

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly errors?: readonly { readonly pointer: string; readonly reason: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

type Body = Record<string, unknown>;
let codes = 0;

/** What a team manager sends to register a team. */
export const anEntry = (overrides: Body = {}): Body => ({
  code: `HQ-TEAM-${++codes}`,
  typeCode: 'PRO-02',
  nameZh: '河曲县防汛抢险队',
  nameEn: 'Hequ flood team',
  regionCode: HEQU,
  organisationId: HEQU_BUREAU,
  sponsorName: '河曲县水利局',
  baseAddress: '文笔镇黄河大街1号',
  latitude: 39.38,
  longitude: 111.2,
  strength: 30,
  specialties: ['flood', 'diving'],
  coverageRegions: ['140931'],
  capabilities: [
    { code: 'drain-cubic-metres-per-hour', amount: 3000, basis: 'declared' },
    { code: 'rope-rescue', amount: 8, level: 2, basis: 'assessed' },
    { code: 'swift-water', amount: 12, level: 1, basis: 'declared' },
  ],
  contacts: [
    { role: 'commander', name: '王小明', phone: '13812345678' },
    { role: 'deputy', name: '李强', phone: '13900001111' },
  ],
  ...overrides,
});

/** What a team manager sends to change the entry of a team. */
export function anAmendment(version: number, overrides: Body = {}): Body {
  const { code, typeCode, regionCode, ...rest } = anEntry();
  return { ...rest, version, ...overrides };
}

/** Requests of the people who keep teams, and what their writes leave behind. */
export class TeamDesk {
  constructor(private readonly service: TestService) {}

  get<Answer>(path: string, as: TestCaller = MANAGER): Promise<TestAnswer<Answer & Problem>> {
    return this.service.request<Answer & Problem>('GET', `${API}/${path}`, { as });
  }

  post<Answer>(path: string, body: unknown, as: TestCaller = MANAGER): Promise<TestAnswer<Answer & Problem>> {
    return this.service.request<Answer & Problem>('POST', `${API}/${path}`, { as, body });
  }

  put<Answer>(path: string, body: unknown, as: TestCaller = MANAGER): Promise<TestAnswer<Answer & Problem>> {
    return this.service.request<Answer & Problem>('PUT', `${API}/${path}`, { as, body });
  }

  register(overrides: Body = {}, as: TestCaller = MANAGER): Promise<TestAnswer<TeamWrittenResponse & Problem>> {
    return this.post<TeamWrittenResponse>('teams', anEntry(overrides), as);
  }

  /** A registered team; fails when it was refused. */
  async aTeam(overrides: Body = {}, as: TestCaller = MANAGER): Promise<string> {
    const { status, body } = await this.register(overrides, as);
    if (status !== 201) throw new Error(`the team was refused: ${JSON.stringify(body)}`);
    return body.teamId;
  }

  /** Waits until no deadline is due: the teams of the seeds are assessed in the background. */
  async settled(): Promise<void> {
    await waitFor('all due deadlines to be met', async () => {
      const due = await this.service.database.query('SELECT 1 FROM deadlines WHERE due_at <= now() LIMIT 1');
      return due.length === 0;
    });
  }

  /** Rows of every table that a write might leave a trace in. */
  async traces(): Promise<Record<string, string>> {
    const tables = await this.service.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
         AND table_name NOT IN ('migrations', 'outbox_sequences', 'relay_leases') ORDER BY 1`,
    );
    const counts = tables.map(({ name }) => `(SELECT count(*) FROM "${name}") AS "${name}"`).join(', ');
    const [row] = await this.service.database.query<Record<string, string>>(`SELECT ${counts}`);
    return row;
  }
}
