import { DomainError } from './domain-error';
import { PROBLEMS, type ProblemCode, problemType } from './problems';

const codes = Object.keys(PROBLEMS) as ProblemCode[];
const AREAS = /^(REQUEST|ROUTE|IDEMPOTENCY|AUTH|TOO|SERVICE|INTERNAL|SUPPLIES|TEAMS|TRANSPORT|GATEWAY|EVENT|PARKED)_/;

describe('a problem', () => {
  it.each(codes)('%s has a code of its area, a status that fits a refusal, and a title for people', (code) => {
    const { status, title } = PROBLEMS[code];
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(code).toMatch(AREAS);
    expect([400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 503]).toContain(status);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  it('is a server’s fault in few cases only: refusals are never 5xx', () => {
    const faults = codes.filter((code) => PROBLEMS[code].status >= 500);
    expect(faults.sort()).toEqual([
      'EVENT_HANDLER_FAULT',
      'GATEWAY_UPSTREAM_UNAVAILABLE',
      'INTERNAL_FAULT',
      'SERVICE_UNAVAILABLE',
      'SUPPLIES_LEDGER_CORRUPT',
    ]);
  });

  it('has a type of its own, made from its code', () => {
    expect(problemType('AUTH_ROLE_MISSING')).toBe('urn:emergency-ledger:problem:auth-role-missing');
    expect(new Set(codes.map(problemType)).size).toBe(codes.length);
  });
});

describe('a DomainError', () => {
  it('carries code and details, and says both', () => {
    const error = new DomainError('SUPPLIES_FLOOR_REACHED', { detail: 'depot A', facts: { availableBase: 12 } });
    expect(error).toMatchObject({
      name: 'DomainError',
      code: 'SUPPLIES_FLOOR_REACHED',
      details: { facts: { availableBase: 12 } },
    });
    expect(error.message).toBe('SUPPLIES_FLOOR_REACHED: depot A');
    expect(new DomainError('INTERNAL_FAULT').message).toBe('INTERNAL_FAULT');
  });
});
