import { randomUUID } from 'node:crypto';
import { DomainError, IncidentReported } from '@ledger/contracts';
import { aCaller, startTestService, type TestCaller, type TestService } from '@ledger/testing';
import { MAX_SITES } from '../src/incidents/domain/incident';
import type { IncidentPage, IncidentSiteView, IncidentView } from '../src/incidents/dto/incident.dto';
import { Incidents } from '../src/incidents/incidents.queries';
import { gatewayService } from '../src/service';

const HEQU_VILLAGE = '140930101200';
const HEQU_DISPATCHER: TestCaller = { roles: ['dispatcher'], regionCode: '140930' };
const FUGU_DISPATCHER: TestCaller = { roles: ['dispatcher'], regionCode: '610822' };
const TOWN_KEEPER: TestCaller = { roles: ['keeper'], regionCode: '140930100' };

let service: TestService;

beforeAll(async () => {
  service = await startTestService(gatewayService, { seeded: true });
});
afterAll(() => service.stop());

function aReport(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'flood',
    level: 'III',
    title: '楼子营村洪涝',
    regionCode: HEQU_VILLAGE,
    occurredAt: new Date(Date.now() - 600_000).toISOString(),
    affectedPeople: 260,
    latitude: 39.42,
    longitude: 111.22,
    ...change,
  };
}

const report = (body: unknown, as: TestCaller = HEQU_DISPATCHER, key?: string | null) =>
  service.request<IncidentView & { code: string; errors: { pointer: string }[] }>('POST', '/api/v1/incidents', {
    as,
    body,
    ...(key === undefined ? {} : { key }),
  });
const find = (id: string, as: TestCaller) =>
  service.request<IncidentView & { code: string }>('GET', `/api/v1/incidents/${id}`, { as });
const list = (as: TestCaller, query = '') => service.request<IncidentPage>('GET', `/api/v1/incidents${query}`, { as });
const addSite = (id: string, body: unknown, as: TestCaller = HEQU_DISPATCHER) =>
  service.request<IncidentSiteView & { code: string }>('POST', `/api/v1/incidents/${id}/sites`, { as, body });

async function countIncidents(): Promise<number> {
  const [{ count }] = await service.database.query<{ count: number }>('SELECT count(*)::int AS count FROM incidents');
  return count;
}

describe('reporting an incident', () => {
  it('creates it with its first delivery site and tells the other services', async () => {
    const { status, body } = await report(
      aReport({ siteName: '楼子营村安置点', reporterName: '李主任', description: '两行\n文字' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'flood',
      level: 'III',
      affectedPeople: 260,
      closedAt: null,
      description: '两行\n文字',
    });
    expect(body.sites).toEqual([
      {
        id: expect.any(String) as string,
        name: '楼子营村安置点',
        regionCode: HEQU_VILLAGE,
        latitude: 39.42,
        longitude: 111.22,
      },
    ]);
    expect((await find(body.id, HEQU_DISPATCHER)).body).toEqual(body);

    const events = (await service.published(IncidentReported)).filter(({ incidentId }) => incidentId === body.id);
    expect(events).toEqual([
      {
        incidentId: body.id,
        kind: 'flood',
        level: 'III',
        title: '楼子营村洪涝',
        regionCode: HEQU_VILLAGE,
        occurredAt: body.occurredAt,
        affectedPeople: 260,
      },
    ]);
  });

  it('names the site after the division when no name is given', async () => {
    const { body } = await report(aReport());
    const [{ name }] = await service.database.query<{ name: string }>(
      'SELECT name FROM regions WHERE region_code = $1',
      [HEQU_VILLAGE],
    );
    expect(body.sites[0].name).toBe(name);
  });

  it('answers a repeated key with the first answer, and refuses it with other content', async () => {
    const key = randomUUID();
    const [as, body] = [aCaller(HEQU_DISPATCHER), aReport({ title: 'once' })];
    const answers = await Promise.all([report(body, as, key), report(body, as, key), report(body, as, key)]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await report(aReport({ title: 'twice' }), as, key)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const once = await service.database.query(`SELECT id FROM incidents WHERE title IN ('once', 'twice')`);
    expect(once).toHaveLength(1);
  });

  it('needs a key', async () => {
    expect(await report(aReport(), HEQU_DISPATCHER, null)).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['an unknown kind', '/kind', { kind: 'meteor' }],
    ['an unknown level', '/level', { level: 'V' }],
    ['an empty title', '/title', { title: '' }],
    ['a title that is too long', '/title', { title: 'x'.repeat(201) }],
    ['a title that no database takes', '/title', { title: 'a\u0000b' }],
    ['half a character in the title', '/title', { title: 'a\ud800b' }],
    ['no region', '/regionCode', { regionCode: undefined }],
    ['a region of another length', '/regionCode', { regionCode: '1409301' }],
    ['a region that is a number', '/regionCode', { regionCode: 140930 }],
    ['a day instead of a time', '/occurredAt', { occurredAt: '2026-07-01' }],
    ['a time without a zone', '/occurredAt', { occurredAt: '2026-07-01T08:00:00' }],
    ['a day that does not exist', '/occurredAt', { occurredAt: '2026-02-30T08:00:00Z' }],
    ['a year that no calendar has', '/occurredAt', { occurredAt: '0000-01-01T00:00:00Z' }],
    ['fewer than no people', '/affectedPeople', { affectedPeople: -1 }],
    ['half a person', '/affectedPeople', { affectedPeople: 1.5 }],
    ['people as a text', '/affectedPeople', { affectedPeople: '260' }],
    ['more people than there are', '/affectedPeople', { affectedPeople: 1e15 }],
    ['no position', '/latitude', { latitude: undefined }],
    ['a position beyond the pole', '/latitude', { latitude: 90.1 }],
    ['a position that is no number', '/longitude', { longitude: null }],
    ['an unknown field', '/closedAt', { closedAt: null }],
  ])('refuses %s and writes nothing', async (_what, pointer, change) => {
    const before = await countIncidents();
    const { status, body } = await report(aReport(change));
    expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(body.errors.map((fault) => fault.pointer)).toContain(pointer);
    expect(await countIncidents()).toBe(before);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    [
      'one that lies ahead',
      { occurredAt: new Date(Date.now() + 3_600_000).toISOString() },
      422,
      'GATEWAY_INCIDENT_TIME_INVALID',
    ],
    ['one in a division that does not exist', { regionCode: '140930999' }, 422, 'GATEWAY_REGION_UNKNOWN'],
    ['one in the next county', { regionCode: '140931' }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['one in the whole province', { regionCode: '14' }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
  ])('refuses %s', async (_what, change, status, code) => {
    expect(await report(aReport(change))).toMatchObject({ status, body: { code } });
  });

  it.each(['keeper', 'approver', 'driver', 'auditor', 'system-administrator'] as const)(
    'is not for a %s',
    async (role) => {
      expect(await report(aReport(), { roles: [role] })).toMatchObject({
        status: 403,
        body: { code: 'AUTH_ROLE_MISSING' },
      });
    },
  );
});

describe('reading incidents', () => {
  let village: IncidentView;
  let county: IncidentView;

  beforeAll(async () => {
    ({ body: village } = await report(aReport({ title: 'village' })));
    ({ body: county } = await report(aReport({ title: 'county', regionCode: '140930' })));
  });

  it.each<[string, TestCaller, readonly [village: number, county: number]]>([
    ['the county itself', HEQU_DISPATCHER, [200, 200]],
    ['the city above', { roles: ['auditor'], regionCode: '1409' }, [200, 200]],
    ['the village itself', { roles: ['keeper'], regionCode: HEQU_VILLAGE }, [200, 404]],
    ['another township', TOWN_KEEPER, [404, 404]],
    ['the next county', FUGU_DISPATCHER, [404, 404]],
  ])('shows %s its own and what lies below', async (_who, as, expected) => {
    const answers = [await find(village.id, as), await find(county.id, as)];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    const listed = (await list(as, '?limit=200')).body.items.map(({ id }) => id);
    expect([listed.includes(village.id), listed.includes(county.id)]).toEqual(expected.map((status) => status === 200));
  });

  it('lists a page at a time, latest report first, and how many there are', async () => {
    const { body: first } = await list(HEQU_DISPATCHER, '?limit=1');
    const { body: second } = await list(HEQU_DISPATCHER, '?limit=1&offset=1');
    expect([first.items[0].id, second.items[0].id]).toEqual([county.id, village.id]);
    expect(first.total).toBe(await countIncidents());
  });

  it('tells open from closed ones', async () => {
    await service.database.query('UPDATE incidents SET closed_at = now() WHERE id = $1', [county.id]);
    const ids = async (state: string) =>
      (await list(HEQU_DISPATCHER, `?state=${state}`)).body.items.map(({ id }) => id);
    expect(await ids('closed')).toEqual([county.id]);
    expect(await ids('open')).toContain(village.id);
  });

  it.each(['?limit=0', '?limit=201', '?limit=ten', '?offset=-1', '?state=lost', '?where=1'])(
    'refuses %s',
    async (query) => {
      expect(await list(HEQU_DISPATCHER, query)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    },
  );

  it.each(['1', randomUUID().slice(1), `${randomUUID()}'--`])('refuses the id %s', async (id) => {
    expect(await find(id, HEQU_DISPATCHER)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  it('answers an unknown id like one out of reach', async () => {
    expect(await find(randomUUID(), HEQU_DISPATCHER)).toMatchObject({
      status: 404,
      body: { code: 'GATEWAY_INCIDENT_NOT_FOUND' },
    });
  });
});

describe('further sites', () => {
  const SITE = { name: '村小学', latitude: 39.43, longitude: 111.23 };
  let incident: IncidentView;

  beforeEach(async () => {
    ({ body: incident } = await report(aReport()));
  });

  it('join the incident, in its own division or another one of the caller', async () => {
    const { status, body } = await addSite(incident.id, SITE);
    expect([status, body.regionCode]).toEqual([201, HEQU_VILLAGE]);
    await addSite(incident.id, { ...SITE, name: '县体育馆', regionCode: '140930' });
    const { sites } = (await find(incident.id, HEQU_DISPATCHER)).body;
    expect(sites.map(({ name }) => name).slice(1)).toEqual(['村小学', '县体育馆']);
  });

  it.each<[string, unknown, number, string]>([
    ['without a position', { name: 'x' }, 400, 'REQUEST_INVALID'],
    ['in the next county', { ...SITE, regionCode: '610822' }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['in a division that does not exist', { ...SITE, regionCode: '140930999' }, 422, 'GATEWAY_REGION_UNKNOWN'],
  ])('are refused %s', async (_what, body, status, code) => {
    expect(await addSite(incident.id, body)).toMatchObject({ status, body: { code } });
  });

  it('are refused for an incident out of reach, a closed one and a full one', async () => {
    expect(await addSite(incident.id, SITE, FUGU_DISPATCHER)).toMatchObject({
      status: 404,
      body: { code: 'GATEWAY_INCIDENT_NOT_FOUND' },
    });
    await service.database.query(
      `INSERT INTO incident_sites (id, incident_id, name, region_code, latitude, longitude, created_at, created_by)
       SELECT gen_random_uuid(), $1, 'x', $2, 0, 0, now(), gen_random_uuid() FROM generate_series(2, $3::int)`,
      [incident.id, HEQU_VILLAGE, MAX_SITES],
    );
    expect(await addSite(incident.id, SITE)).toMatchObject({
      status: 409,
      body: { code: 'GATEWAY_INCIDENT_SITES_FULL' },
    });
    await service.database.query('UPDATE incidents SET closed_at = now() WHERE id = $1', [incident.id]);
    expect(await addSite(incident.id, SITE)).toMatchObject({ status: 409, body: { code: 'GATEWAY_INCIDENT_CLOSED' } });
  });

  it('never become more than allowed, however many are added at once', async () => {
    await service.database.query(
      `INSERT INTO incident_sites (id, incident_id, name, region_code, latitude, longitude, created_at, created_by)
       SELECT gen_random_uuid(), $1, 'x', $2, 0, 0, now(), gen_random_uuid() FROM generate_series(2, $3::int)`,
      [incident.id, HEQU_VILLAGE, MAX_SITES - 3],
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => addSite(incident.id, SITE)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
  });

  it('are found for an allocation by who may see the incident', async () => {
    const incidents = service.running.app.get(Incidents);
    const look = (siteId: string, as: TestCaller) =>
      service.database
        .transaction((tx) => incidents.siteForAllocation(tx, incident.id, siteId, aCaller(as)))
        .catch((error: DomainError) => error.code);
    const [site] = incident.sites;
    expect(await look(site.id, HEQU_DISPATCHER)).toEqual({
      incident: { id: incident.id, kind: 'flood', level: 'III', regionCode: HEQU_VILLAGE, closedAt: null },
      site: { siteId: site.id, name: site.name, regionCode: HEQU_VILLAGE, latitude: 39.42, longitude: 111.22 },
    });
    expect(await look(randomUUID(), HEQU_DISPATCHER)).toBe('GATEWAY_INCIDENT_NOT_FOUND');
    expect(await look(site.id, FUGU_DISPATCHER)).toBe('GATEWAY_INCIDENT_NOT_FOUND');
  });
});
