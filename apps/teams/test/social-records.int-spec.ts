import { HEQU, HEQU_BUREAU, startTestService, type TestService } from '@ledger/testing';
import { teamsService } from '../src/service';
import type {
  ServiceContractWrittenResponse,
  ServiceContractsResponse,
  SurveyReturnsResponse,
} from '../src/social-records/dto/social-record.dto';
import type {
  BookingWrittenResponse,
  BookingsResponse,
  TrainingSiteWrittenResponse,
  TrainingSitesResponse,
} from '../src/training-sites/dto/training-site.dto';
import { AUDITOR, DISPATCHER, FUGU_MANAGER, MANAGER, TeamDesk } from './support/team-desk';

let service: TestService;
let desk: TeamDesk;

beforeAll(async () => {
  service = await startTestService(teamsService, { seeded: true });
  desk = new TeamDesk(service);
  await desk.settled();
});
afterAll(() => service.stop());

/** Refused, with nothing written. */
async function refused(path: string, body: unknown, code: string, as = MANAGER): Promise<void> {
  const before = await desk.traces();
  expect((await desk.post(path, body, as)).body).toMatchObject({ code });
  expect(await desk.traces()).toEqual(before);
}

const aReturn = (overrides: object = {}) => ({
  surveyedOn: '2026-03-31',
  people: 42,
  fullTimePeople: 3,
  gear: '冲锋舟2艘、救生衣60件',
  gearValueFen: 8_600_000,
  yearlyFundsFen: 5_000_000,
  supportWanted: '训练场地、人身意外险',
  ...overrides,
});

describe('the survey of social forces', () => {
  it('keeps what a force returned, by its day', async () => {
    const id = await desk.aTeam({ typeCode: 'SOC-03' });
    for (const one of [aReturn({ surveyedOn: '2025-03-31', people: 30 }), aReturn()]) {
      expect((await desk.post(`teams/${id}/survey-returns`, one)).status).toBe(201);
    }
    const { items } = (await desk.get<SurveyReturnsResponse>(`teams/${id}/survey-returns`, AUDITOR)).body;
    expect(items).toMatchObject([
      { ...aReturn(), recordedBy: 'teams.hequ' },
      { surveyedOn: '2025-03-31', people: 30 },
    ]);
  });

  it('refuses a second return of one day, days to come, and teams that are no social force', async () => {
    const id = await desk.aTeam({ typeCode: 'SOC-03' });
    const path = `teams/${id}/survey-returns`;
    await desk.post(path, aReturn());
    await refused(path, aReturn(), 'TEAMS_SURVEY_DAY_TAKEN');
    await refused(path, aReturn({ surveyedOn: '2099-01-01' }), 'TEAMS_DATES_INVALID');
    await refused(path, aReturn({ fullTimePeople: 43 }), 'TEAMS_SURVEY_PEOPLE_INVALID');
    await refused(path, aReturn({ gearValueFen: 0.5 }), 'REQUEST_INVALID');
    await refused(path, aReturn(), 'TEAMS_TEAM_NOT_FOUND', FUGU_MANAGER);
    await refused(path, aReturn(), 'AUTH_ROLE_MISSING', DISPATCHER);
    await refused(`teams/${await desk.aTeam()}/survey-returns`, aReturn(), 'TEAMS_NOT_A_SOCIAL_FORCE');
    expect((await desk.get(path, FUGU_MANAGER)).status).toBe(404);
  });
});

let numbers = 0;
const aContract = (overrides: object = {}) => ({
  number: `HT-2026-${++numbers}`,
  buyerName: '河曲县应急管理局',
  service: '汛期驻防',
  beginsOn: '2026-06-01',
  endsOn: '2026-09-30',
  rates: [
    { per: 'person-hour', amountFen: 4500 },
    { per: 'month', amountFen: 3_000_000 },
  ],
  ...overrides,
});

describe('a contract for the service of a team', () => {
  it('is kept with its rates, and may end early', async () => {
    const path = `teams/${await desk.aTeam()}/service-contracts`;
    const contract = aContract();
    const { body } = await desk.post<ServiceContractWrittenResponse>(path, contract);
    const end = { endedOn: '2026-08-15', reason: '双方协商' };
    expect((await desk.post(`service-contracts/${body.contractId}/end`, end)).status).toBe(200);
    const { items } = (await desk.get<ServiceContractsResponse>(path)).body;
    expect(items).toMatchObject([
      {
        number: contract.number,
        endedOn: '2026-08-15',
        endReason: '双方协商',
        rates: [
          { per: 'month', amountFen: 3_000_000 },
          { per: 'person-hour', amountFen: 4500 },
        ],
      },
    ]);
    await refused(`service-contracts/${body.contractId}/end`, end, 'TEAMS_CONTRACT_ENDED');
  });

  it('is refused with dates the wrong way round, a number that is taken, or one rate twice', async () => {
    const path = `teams/${await desk.aTeam()}/service-contracts`;
    const first = aContract();
    const { body } = await desk.post<ServiceContractWrittenResponse>(path, first);
    await refused(path, aContract({ endsOn: '2026-05-31' }), 'TEAMS_DATES_INVALID');
    await refused(path, aContract({ number: first.number }), 'TEAMS_CONTRACT_NUMBER_TAKEN');
    await refused(path, aContract({ rates: [first.rates[0], first.rates[0]] }), 'REQUEST_INVALID');
    const end = { endedOn: '2026-10-01', reason: '逾期' };
    await refused(`service-contracts/${body.contractId}/end`, end, 'TEAMS_DATES_INVALID');
    await refused(`service-contracts/${body.contractId}/end`, end, 'TEAMS_CONTRACT_NOT_FOUND', FUGU_MANAGER);
  });
});

let sites = 0;
const aSite = (overrides: object = {}) => ({
  code: `TS-${++sites}`,
  nameZh: '河曲县水上训练基地',
  nameEn: 'Hequ water training site',
  regionCode: HEQU,
  openToRegionCode: '1409',
  organisationId: HEQU_BUREAU,
  address: '黄河滩',
  facilities: '激流水道、绳索塔',
  capacityPeople: 60,
  ...overrides,
});
const siteOf = async (): Promise<string> =>
  (await desk.post<TrainingSiteWrittenResponse>('training-sites', aSite())).body.siteId;
const aBooking = (teamIds: string[], overrides: object = {}) => ({
  from: '2099-05-01T08:00:00+08:00',
  until: '2099-05-01T18:00:00+08:00',
  teamIds,
  people: 40,
  purpose: '汛前联合演训',
  ...overrides,
});

describe('a site where teams train together', () => {
  it('is booked for several teams, and free again after a cancellation', async () => {
    const path = `training-sites/${await siteOf()}/bookings`;
    const teams = [await desk.aTeam({ nameZh: '甲队' }), await desk.aTeam({ nameZh: '乙队' })];
    const { body } = await desk.post<BookingWrittenResponse>(path, aBooking(teams));
    await refused(
      path,
      aBooking(teams, { from: '2099-05-01T17:59:00+08:00', until: '2099-05-02T09:00:00+08:00' }),
      'TEAMS_TRAINING_SITE_BOOKED',
    );
    const next = aBooking(teams, { from: '2099-05-01T18:00:00+08:00', until: '2099-05-01T20:00:00+08:00' });
    expect((await desk.post(path, next)).status).toBe(201);
    const cancel = `training-bookings/${body.bookingId}/cancellation`;
    await refused(cancel, { reason: '天气' }, 'TEAMS_BOOKING_NOT_FOUND', FUGU_MANAGER);
    expect((await desk.post(cancel, { reason: '天气' })).status).toBe(200);
    await refused(cancel, { reason: '天气' }, 'TEAMS_BOOKING_OVER');
    expect((await desk.post(path, aBooking(teams))).status).toBe(201);
    const { items } = (await desk.get<BookingsResponse>(path)).body;
    expect(items.map(({ cancelledAt }) => cancelledAt === null).sort()).toEqual([false, true, true]);
    expect(items[0].teamNames).toEqual(['乙队', '甲队'].sort());
  });

  it('goes to one of two who book the same time at the same instant', async () => {
    const path = `training-sites/${await siteOf()}/bookings`;
    const teams = await Promise.all(Array.from({ length: 5 }, () => desk.aTeam()));
    const answers = await Promise.all(teams.map((team) => desk.post(path, aBooking([team]))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('is seen and booked by those it is open to only', async () => {
    const siteId = await siteOf();
    const path = `training-sites/${siteId}/bookings`;
    const baode = { ...MANAGER, regionCode: '140931' };
    const theirs = await desk.aTeam({ regionCode: '140931' }, baode);
    expect((await desk.get<TrainingSitesResponse>('training-sites?limit=200', baode)).body.items).toContainEqual(
      expect.objectContaining({ id: siteId }),
    );
    expect((await desk.post(path, aBooking([theirs]), baode)).status).toBe(201);
    await refused(path, aBooking([theirs]), 'TEAMS_TRAINING_SITE_NOT_FOUND', FUGU_MANAGER);
    expect((await desk.get(path, FUGU_MANAGER)).status).toBe(404);
    await refused(path, aBooking([theirs]), 'TEAMS_TEAM_NOT_FOUND');
  });

  it('is refused for the past, for too many people, and for a team that is disbanded', async () => {
    const path = `training-sites/${await siteOf()}/bookings`;
    const team = await desk.aTeam();
    const past = { from: '2020-05-01T08:00:00+08:00', until: '2020-05-01T18:00:00+08:00' };
    await refused(path, aBooking([team], past), 'TEAMS_DATES_INVALID');
    await refused(path, aBooking([team], { until: '2099-05-01T08:00:00+08:00' }), 'TEAMS_DATES_INVALID');
    await refused(path, aBooking([team], { people: 61 }), 'TEAMS_TRAINING_SITE_TOO_SMALL');
    await refused(path, aBooking([]), 'REQUEST_INVALID');
    await refused('training-sites', aSite({ openToRegionCode: '140931' }), 'TEAMS_TRAINING_SITE_NOT_OPEN_AT_HOME');
    await refused('training-sites', aSite({ regionCode: '610822' }), 'AUTH_REGION_OUT_OF_SCOPE');
    await desk.post(`teams/${team}/disbandment`, { reason: '撤销' });
    await refused(path, aBooking([team]), 'TEAMS_TEAM_DISBANDED');
  });
});
