import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORGANISATION_KINDS, RESERVE_MODES, ROLES } from '@ledger/contracts';
import { REFERENCE_DATE, addDays } from './calendar';
import { fromCsv, toCsv } from './csv';
import { readReference } from './reference';
import { seedTables } from './seed-tables';

const SEEDS = join(__dirname, '../../seeds');
const reference = readReference(SEEDS);
const tables = seedTables(reference);

type Row = Record<string, string>;

/** Rows of one generated file as a reader of the file sees them: texts by column name. */
function rowsOf(path: string): Row[] {
  const table = tables.find((candidate) => candidate.path === path);
  if (!table) throw new Error(`no table ${path}`);
  return fromCsv(toCsv(table));
}

const organisations = rowsOf('gateway/organisations.csv');
const users = rowsOf('gateway/users.csv');
const depots = rowsOf('supplies/depots.csv');
const standards = rowsOf('supplies/reserve-standards.csv');
const stock = rowsOf('supplies/opening-stock.csv');
const facts = rowsOf('supplies/region-facts.csv');
const rules = rowsOf('supplies/standard-rules.csv');
const shares = rowsOf('supplies/standard-shares.csv');
const contracts = rowsOf('supplies/reserve-contracts.csv');
const teams = rowsOf('teams/teams.csv');
const carriers = rowsOf('transport/carriers.csv');
const vehicles = rowsOf('transport/vehicles.csv');

const valuesOf = (rows: readonly Row[], column: string): Set<string> => new Set(rows.map((row) => row[column]));
/** Values of a column that the known set lacks; empty when every reference holds. */
const strangers = (rows: readonly Row[], column: string, known: ReadonlySet<string>): string[] =>
  [...valuesOf(rows, column)].filter((value) => !known.has(value));

const regionCodes = new Set(reference.regions.map((region) => region.code));
const itemCodes = new Set(reference.catalogue.map((item) => item.code));

describe('generated seed files', () => {
  it('come out the same from the same reference data', () => {
    expect(seedTables(readReference(SEEDS)).map(toCsv)).toEqual(tables.map(toCsv));
  });

  it.each(tables.map((table) => [table.path, table] as const))('are committed as generated: %s', (path, table) => {
    expect(readFileSync(join(SEEDS, path), 'utf8')).toBe(toCsv(table));
  });

  it('mark every invented row', () => {
    for (const rows of [organisations, users, depots, stock, contracts, teams, carriers, vehicles]) {
      expect(valuesOf(rows, 'synthetic')).toEqual(new Set(['y']));
    }
    for (const rows of [standards, rules, shares]) expect(valuesOf(rows, 'basis')).toEqual(new Set(['estimate']));
    expect(valuesOf(facts, 'basis')).toEqual(new Set(['synthetic']));
    expect(valuesOf(facts, 'synthetic')).toEqual(new Set(['y']));
    for (const rows of [organisations, depots, teams, carriers]) {
      expect(rows.filter((row) => !row.name_zh.includes('（演示）'))).toEqual([]);
    }
    expect(vehicles.filter((row) => !/^(晋H|陕K|蒙K)-演\d{4}$/.test(row.plate))).toEqual([]);
  });

  it('give every row an id and a name of its own', () => {
    for (const rows of [organisations, users, depots, teams, carriers, vehicles]) {
      expect(valuesOf(rows, 'id').size).toBe(rows.length);
      expect(rows.filter((row) => !/^[0-9a-f]{8}-[0-9a-f]{4}-5/.test(row.id))).toEqual([]);
    }
    for (const rows of [organisations, depots, teams, carriers]) expect(valuesOf(rows, 'code').size).toBe(rows.length);
    expect(valuesOf(vehicles, 'plate').size).toBe(vehicles.length);
    expect(valuesOf(stock, 'batch_number').size).toBe(stock.length);
  });

  it('refer only to rows that exist', () => {
    const organisationIds = valuesOf(organisations, 'id');
    const depotCodes = valuesOf(depots, 'code');
    for (const rows of [organisations, users, depots, teams, carriers, vehicles]) {
      expect(strangers(rows, 'region_code', regionCodes)).toEqual([]);
    }
    for (const rows of [depots, contracts, teams, carriers]) {
      expect(strangers(rows, 'organisation_id', organisationIds)).toEqual([]);
    }
    expect(strangers(contracts, 'item_code', itemCodes)).toEqual([]);
    expect(strangers(contracts, 'serves', regionCodes)).toEqual([]);
    expect(strangers(contracts, 'enterprise_organisation_id', new Set([...organisationIds, '']))).toEqual([]);
    for (const rows of [standards, stock]) {
      expect(strangers(rows, 'depot_code', depotCodes)).toEqual([]);
      expect(strangers(rows, 'item_code', itemCodes)).toEqual([]);
    }
    expect(strangers(users, 'organisation_code', valuesOf(organisations, 'code'))).toEqual([]);
    expect(strangers(teams, 'type_code', new Set(reference.teamTypes.map((type) => type.code)))).toEqual([]);
    expect(strangers(vehicles, 'type_code', new Set(reference.transportTypeCodes))).toEqual([]);
    expect(strangers(vehicles, 'carrier_code', valuesOf(carriers, 'code'))).toEqual([]);
    expect(strangers(vehicles, 'driver_username', new Set([...valuesOf(users, 'username'), '']))).toEqual([]);
  });
});

describe('facts and rules', () => {
  it('have regions and items that exist, and people who are those of the parts', () => {
    for (const rows of [facts, rules, shares]) {
      expect(strangers(rows, 'region_code', regionCodes)).toEqual([]);
      expect(valuesOf(rows, 'id').size).toBe(rows.length);
    }
    expect(strangers(rules, 'item_code', itemCodes)).toEqual([]);
    const people = new Map(facts.flatMap((row) => (row.population ? [[row.region_code, Number(row.population)]] : [])));
    for (const { code } of reference.regions.filter((region) => people.has(region.code))) {
      const parts = reference.regions.filter((region) => region.parentCode === code);
      const sum = parts.reduce((total, part) => total + (people.get(part.code) ?? 0), 0);
      if (parts.length > 0) expect(people.get(code)).toBe(sum);
    }
  });
});

describe('depots', () => {
  const inHequ = depots.filter((row) => row.region_code.startsWith('140930'));
  const ofTier = (tier: string): Row[] => inHequ.filter((row) => row.tier === tier);

  it('cover the county, all its townships and thirty villages, the city and four neighbours', () => {
    const townships = reference.regions.filter((region) => region.parentCode === '140930');
    expect(ofTier('county')).toHaveLength(1);
    expect(valuesOf(ofTier('township'), 'region_code')).toEqual(new Set(townships.map((region) => region.code)));
    expect(ofTier('township')).toHaveLength(11);
    expect(ofTier('village')).toHaveLength(30);
    const elsewhere = depots.filter((row) => !inHequ.includes(row)).map((row) => row.region_code);
    expect(elsewhere.sort()).toEqual(['1409', '140931', '140932', '150622', '610822']);
  });

  it('call a position sourced only where a seat town was sourced', () => {
    const sourcedSeats = reference.seats.filter((seat) => seat.basis === 'sourced');
    const points = new Set(sourcedSeats.map((seat) => `${seat.latitude},${seat.longitude}`));
    const atSeat = depots.filter((row) => points.has(`${row.latitude},${row.longitude}`));
    expect(atSeat).toHaveLength(6);
    expect(depots.filter((row) => row.position_basis === 'sourced')).toEqual(atSeat);
  });

  it('lie in the county’s box where they are drawn', () => {
    for (const { latitude, longitude } of inHequ) {
      expect(Number(latitude)).toBeGreaterThanOrEqual(39.0);
      expect(Number(latitude)).toBeLessThanOrEqual(39.6);
      expect(Number(longitude)).toBeGreaterThanOrEqual(111.15);
      expect(Number(longitude)).toBeLessThanOrEqual(111.65);
    }
  });
});

describe('stock', () => {
  const stockOf = (depotCode: string, itemCode: string): Row[] =>
    stock.filter((row) => row.depot_code === depotCode && row.item_code === itemCode);
  const totalBase = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(row.quantity_base), 0);

  it.each([
    ['LRS-015', 600],
    ['LRS-005', 2000],
    ['FLD-022', 40],
  ])('holds the demonstration goods %s in the county depot and every township', (itemCode, countyBase) => {
    expect(totalBase(stockOf('D140930', itemCode))).toBe(countyBase);
    for (const township of depots.filter((row) => row.tier === 'township')) {
      expect(totalBase(stockOf(township.code, itemCode))).toBeGreaterThanOrEqual(3);
    }
  });

  it('holds 40 to 80 tents in each township', () => {
    for (const township of depots.filter((row) => row.tier === 'township')) {
      const tents = totalBase(stockOf(township.code, 'LRS-015'));
      expect(tents).toBeGreaterThanOrEqual(40);
      expect(tents).toBeLessThanOrEqual(80);
    }
  });

  it('lies above every reserve standard', () => {
    expect(standards.length).toBeGreaterThan(0);
    for (const { depot_code: depot, item_code: item, floor_base: floor } of standards) {
      const usable = stockOf(depot, item).filter((row) => row.expiry_date === '' || row.expiry_date > REFERENCE_DATE);
      expect(totalBase(usable)).toBeGreaterThanOrEqual(Number(floor));
    }
  });

  it('has exactly one expired lot and a few near their date', () => {
    const dated = stock.filter((row) => row.expiry_date !== '');
    const expired = dated.filter((row) => row.expiry_date <= REFERENCE_DATE);
    expect(expired.map((row) => [row.depot_code, row.item_code])).toEqual([['D140930', 'LIV-003']]);
    const soon = addDays(REFERENCE_DATE, 60);
    expect(dated.filter((row) => row.expiry_date > REFERENCE_DATE && row.expiry_date < soon)).toHaveLength(7);
  });

  it('gives an expiry date to exactly the goods that expire', () => {
    const expiring = new Set(
      reference.catalogue.filter((item) => item.expiresAfterMonths !== undefined).map((item) => item.code),
    );
    expect(stock.filter((row) => (row.expiry_date !== '') !== expiring.has(row.item_code))).toEqual([]);
  });

  it('leaves out goods that are held by agreement only, whole vehicles and sea gear', () => {
    const leftOut = reference.catalogue.filter(
      (item) => ['AGREEMENT-ONLY', 'VEHICLE'].includes(item.rotationRule) || item.category === 'marine',
    );
    const held = valuesOf(stock, 'item_code');
    expect(leftOut.filter((item) => held.has(item.code))).toEqual([]);
  });
});

describe('reserve contracts', () => {
  it('show every mode, and what the enterprise is to confirm has a schedule', () => {
    expect(valuesOf(contracts, 'mode')).toEqual(new Set(RESERVE_MODES));
    const held = contracts.filter((row) => row.mode === 'enterprise' || row.mode === 'capacity');
    expect(held.filter((row) => row.confirm_every_days === '' || row.enterprise_organisation_id === '')).toEqual([]);
    expect(contracts.filter((row) => !row.document_number.endsWith('（演示）'))).toEqual([]);
  });
});

describe('people, teams and vehicles', () => {
  it('names an account for every role there is, and only such roles', () => {
    expect(valuesOf(users, 'roles')).toEqual(new Set(ROLES));
    expect(strangers(organisations, 'kind', new Set(ORGANISATION_KINDS))).toEqual([]);
  });

  it('gives every user the region of the organisation', () => {
    const regionOf = new Map(organisations.map((row) => [row.code, row.region_code]));
    expect(users.filter((row) => regionOf.get(row.organisation_code) !== row.region_code)).toEqual([]);
  });

  it('has about sixty teams, one of them the national fire team of the county', () => {
    expect(teams).toHaveLength(63);
    expect(teams.filter((row) => row.type_code === 'CFR-01' && row.region_code === '140930')).toHaveLength(1);
    expect(teams.filter((row) => row.type_code === 'GRA-01')).toHaveLength(11);
  });

  it('has 120 vehicles of 14 carriers, most of them in the county', () => {
    expect(carriers).toHaveLength(14);
    expect(valuesOf(carriers, 'sourcing')).toEqual(new Set(['own', 'contract', 'requisition']));
    expect(vehicles).toHaveLength(120);
    expect(vehicles.filter((row) => row.region_code.startsWith('140930'))).toHaveLength(103);
    expect(vehicles.filter((row) => row.driver_username === 'driver.hequ')).toHaveLength(82);
  });

  it('has every kind of truck but no large helicopter', () => {
    const kinds = valuesOf(vehicles, 'type_code');
    const trucks = reference.transportTypeCodes.filter((code) => code.startsWith('TRK-'));
    expect(trucks.filter((code) => !kinds.has(code))).toEqual([]);
    expect(kinds.has('AIR-01')).toBe(false);
  });
});
