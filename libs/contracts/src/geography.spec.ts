import fc from 'fast-check';
import { DEFAULT_ROAD_FACTOR, distanceMetres, travelSeconds } from './geography';

const HEQU = { latitude: 39.3844, longitude: 111.1385 };
const XINZHOU = { latitude: 38.4167, longitude: 112.7333 };

const positions = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const HALF_ROUND_THE_EARTH = 20_015_115;

describe('distanceMetres', () => {
  it('is 175 km as the crow flies from Hequ to Xinzhou', () => {
    expect(distanceMetres(HEQU, XINZHOU)).toBeGreaterThan(174_000);
    expect(distanceMetres(HEQU, XINZHOU)).toBeLessThan(176_000);
  });

  it('is 111 195 m for a degree along a meridian, and as much along the equator', () => {
    const origin = { latitude: 0, longitude: 0 };
    expect(distanceMetres(origin, { latitude: 1, longitude: 0 })).toBe(111_195);
    expect(distanceMetres(origin, { latitude: 0, longitude: 1 })).toBe(111_195);
  });

  it('crosses the date line by the short way', () => {
    const distance = distanceMetres({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 });
    expect(distance).toBe(111_195);
  });

  it('is a whole number, the same both ways, nothing to oneself and never more than half round the earth', () => {
    fc.assert(
      fc.property(positions, positions, (from, to) => {
        const distance = distanceMetres(from, to);
        expect(Number.isSafeInteger(distance) && distance >= 0 && distance <= HALF_ROUND_THE_EARTH).toBe(true);
        expect(distanceMetres(to, from)).toBe(distance);
        expect(distanceMetres(from, from)).toBe(0);
      }),
    );
  });

  it('is never longer than the way over a third place, but for rounding', () => {
    fc.assert(
      fc.property(positions, positions, positions, (from, over, to) => {
        expect(distanceMetres(from, to)).toBeLessThanOrEqual(distanceMetres(from, over) + distanceMetres(over, to) + 2);
      }),
    );
  });
});

describe('travelSeconds', () => {
  const [from, to] = [HEQU, { latitude: HEQU.latitude + 1, longitude: HEQU.longitude }];

  it('is way times road factor by speed, rounded up', () => {
    expect(travelSeconds(from, to, { speedKmh: 36, roadFactor: 1 })).toBe(11_120);
    expect(travelSeconds(from, to, { speedKmh: 36 })).toBe(Math.ceil((111_195 * DEFAULT_ROAD_FACTOR) / 10));
  });

  it('is nothing at the place itself, and longer the slower one is', () => {
    expect(travelSeconds(from, from, { speedKmh: 40 })).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (one, other) => {
        const [slow, fast] = [Math.min(one, other), Math.max(one, other)];
        expect(travelSeconds(from, to, { speedKmh: slow })).toBeGreaterThanOrEqual(
          travelSeconds(from, to, { speedKmh: fast }),
        );
      }),
    );
  });
});
