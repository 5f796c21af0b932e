import { readPlanningSettings } from './planning-settings';

describe('readPlanningSettings', () => {
  it('has defaults for hill country', () => {
    expect(readPlanningSettings({ ROAD_FACTOR: '' })).toEqual({ roadFactor: 1.4, neighbourRadiusMetres: 80_000 });
  });

  it('takes what is set', () => {
    const environment = { ROAD_FACTOR: '1.2', NEIGHBOUR_RADIUS_KM: '30' };
    expect(readPlanningSettings(environment)).toEqual({ roadFactor: 1.2, neighbourRadiusMetres: 30_000 });
  });

  it('names every bad variable', () => {
    const environment = { ROAD_FACTOR: '0.5', NEIGHBOUR_RADIUS_KM: 'far' };
    expect(() => readPlanningSettings(environment)).toThrow(/ROAD_FACTOR: .*\nNEIGHBOUR_RADIUS_KM: /);
  });
});
