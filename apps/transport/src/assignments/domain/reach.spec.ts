import { distanceMetres } from '@ledger/contracts';
import fc from 'fast-check';
import { boxAround, mayReach, ownRegionOf, sourcingsUpTo, type Sourcing } from './reach';

const RULES = { ownRegionCode: '140930', neighbourRadiusMetres: 80_000 };
const SITE = '140930101200';
const PICK_UP = { latitude: 39.38, longitude: 111.14 };
const NEAR = { latitude: 39.03, longitude: 111.07 };
const FAR = { latitude: 38.41, longitude: 112.73 };

describe('mayReach', () => {
  it.each<[string, Sourcing, { latitude: number; longitude: number }, boolean]>([
    ['140930', 'own', FAR, true],
    ['140930205', 'requisition', FAR, true],
    ['1409', 'own', FAR, true],
    ['14', 'contract', FAR, true],
    ['1409', 'requisition', NEAR, false],
    ['140931', 'contract', NEAR, true],
    ['140931', 'requisition', NEAR, false],
    ['610822', 'own', NEAR, true],
    ['140931', 'own', FAR, false],
    ['1404', 'own', FAR, false],
  ])('a vehicle of %s by way of %s', (regionCode, sourcing, position, expected) => {
    const way = { siteRegionCode: SITE, pickUp: PICK_UP };
    expect(mayReach({ ...position, regionCode, sourcing }, way, RULES)).toBe(expected);
  });
});

describe('ownRegionOf', () => {
  it.each([
    ['140930101200', '140930'],
    ['140930101', '140930'],
    ['140930', '140930'],
    ['1409', '1409'],
    ['14', '14'],
  ])('%s asks with the authority of %s', (asking, own) => {
    expect(ownRegionOf(asking)).toBe(own);
  });
});

describe('sourcingsUpTo', () => {
  it('widens step by step', () => {
    expect(sourcingsUpTo('own')).toEqual(['own']);
    expect(sourcingsUpTo('contract')).toEqual(['own', 'contract']);
    expect(sourcingsUpTo('requisition')).toEqual(['own', 'contract', 'requisition']);
  });
});

describe('boxAround', () => {
  it('leaves out no point within the radius', () => {
    const near = fc.record({
      latitude: fc.double({ min: 38, max: 41, noNaN: true }),
      longitude: fc.double({ min: 109, max: 113, noNaN: true }),
    });
    const places = [PICK_UP, { latitude: 39.6, longitude: 111.4 }];
    const box = boxAround(places, 80_000);
    fc.assert(
      fc.property(near, (point) => {
        fc.pre(places.some((place) => distanceMetres(place, point) <= 80_000));
        expect(point.latitude).toBeGreaterThanOrEqual(box.south);
        expect(point.latitude).toBeLessThanOrEqual(box.north);
        expect(point.longitude).toBeGreaterThanOrEqual(box.west);
        expect(point.longitude).toBeLessThanOrEqual(box.east);
      }),
    );
  });

  it('is bounded at the poles', () => {
    const box = boxAround([{ latitude: 90, longitude: 0 }], 80_000);
    expect(box.east).toBeLessThan(80);
  });
});
