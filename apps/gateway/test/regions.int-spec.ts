import { startTestService, type TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import type { RegionPage, RegionView } from '../src/regions/dto/region.dto';
import { gatewayService } from '../src/service';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(gatewayService, { seeded: true });
});
afterAll(() => service.stop());

const list = (query: string) =>
  service.request<RegionPage>('GET', `/api/v1/regions${query}`, { as: { roles: ['driver'] } });

describe('regions', () => {
  it('are the divisions of the seeds: eleven townships of Hequ, each with its villages', async () => {
    const { body: townships } = await list('?prefix=140930&tier=township');
    expect(townships.total).toBe(11);
    const { body: villages } = await list('?prefix=140930&tier=village&limit=200');
    expect(villages.total).toBe(193);
    expect(villages.items.every(({ parentCode }) => townships.items.some(({ code }) => code === parentCode))).toBe(
      true,
    );
  });

  it('come in the order of their codes, a page at a time', async () => {
    const { body: all } = await list('?prefix=140930&limit=4');
    const { body: rest } = await list('?prefix=140930&limit=2&offset=2');
    expect(all.items.map(({ code }) => code)).toEqual([...all.items.map(({ code }) => code)].sort());
    expect(rest.items).toEqual(all.items.slice(2));
    expect(all.items[0]).toEqual({
      code: '140930',
      name: '河曲县',
      shortName: expect.any(String) as string,
      tier: 'county',
      kind: expect.any(String) as string,
      parentCode: '1409',
    });
  });

  it('are found by code', async () => {
    const found = await service.request<RegionView>('GET', '/api/v1/regions/140930');
    expect(found).toMatchObject({ status: 200, body: { code: '140930', tier: 'county' } });
    const unknown = await service.request('GET', '/api/v1/regions/99');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'GATEWAY_REGION_NOT_FOUND' } });
  });

  it.each([
    '/api/v1/regions/1409301',
    '/api/v1/regions/county',
    '/api/v1/regions?prefix=14%25',
    '/api/v1/regions?tier=hamlet',
    '/api/v1/regions/%zz',
    `/api/v1/regions/${'1'.repeat(300)}`,
  ])('refuse %s', async (path) => {
    expect(await service.request('GET', path)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  it('answer another method and an unknown path as what they are', async () => {
    expect(await service.request('DELETE', '/api/v1/regions/140930')).toMatchObject({ status: 405 });
    expect(await service.request('GET', '/api/v1/provinces')).toMatchObject({
      status: 404,
      body: { code: 'ROUTE_NOT_FOUND' },
    });
  });
});

describe('seeds', () => {
  const contents = () =>
    service.database.query(`SELECT (SELECT json_agg(r ORDER BY region_code) FROM regions r)::text AS regions,
                                   (SELECT json_agg(o ORDER BY id) FROM organisations o)::text AS organisations,
                                   (SELECT json_agg(u ORDER BY id) FROM users u)::text AS users`);

  it('change nothing when they are loaded again', async () => {
    const before = await contents();
    await service.seed();
    expect(await contents()).toEqual(before);
  });

  it.each(invariants.map((invariant) => [invariant.id, invariant.sql]))('keep %s', async (_id, sql) => {
    expect(await service.database.query(sql)).toEqual([]);
  });
});
