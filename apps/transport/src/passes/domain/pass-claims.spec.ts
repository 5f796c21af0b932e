import { passClaims, passHours } from './pass-claims';

const NOW = new Date('2026-07-01T00:00:00Z');

describe('passHours', () => {
  it('cover the hold, the way there and back and the margin', () => {
    const task = { holdUntil: new Date('2026-07-01T12:00:00Z'), approachSeconds: 600, carriageSeconds: 1_200 };
    expect(passHours(NOW, task)).toEqual({ validFrom: NOW, validUntil: new Date('2026-07-02T01:00:00Z') });
  });

  it('never end before they begin, however late the pass is issued', () => {
    const task = { holdUntil: new Date('2026-06-01T00:00:00Z'), approachSeconds: 0, carriageSeconds: 0 };
    expect(passHours(NOW, task).validUntil).toEqual(new Date('2026-07-01T12:00:00Z'));
  });
});

describe('passClaims', () => {
  it('bind plate, driver, task, route and hours', () => {
    const claims = passClaims({
      number: 'P-20260701-000001',
      tripId: 'trip',
      allocationId: 'allocation',
      plate: '晋H-演0001',
      driverName: '张司机',
      originName: '河曲县库',
      siteName: '楼子营村',
      validFrom: NOW,
      validUntil: new Date('2026-07-01T12:00:00.900Z'),
    });
    expect(claims).toEqual({
      iss: 'emergency-resources-ledger/transport',
      jti: 'P-20260701-000001',
      sub: 'trip',
      task: 'allocation',
      plate: '晋H-演0001',
      driver: '张司机',
      from: '河曲县库',
      to: '楼子营村',
      nbf: 1_782_864_000,
      exp: 1_782_907_200,
    });
  });
});
