import { DomainError, type ProblemCode } from '@ledger/contracts';
import { BadRequestException, HttpException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { problemCodeOf, problemOf } from './problem';

const fastifyFault = (code: string, statusCode: number): Error => Object.assign(new Error(code), { code, statusCode });

it.each<[string, unknown, ProblemCode]>([
  ['a refusal', new DomainError('TEAMS_NO_TEAM_LEFT'), 'TEAMS_NO_TEAM_LEFT'],
  ['a wrong body', new BadRequestException(), 'REQUEST_INVALID'],
  ['an unknown route', new NotFoundException(), 'ROUTE_NOT_FOUND'],
  ['a large body', new PayloadTooLargeException(), 'REQUEST_TOO_LARGE'],
  ['a large body, by the server', fastifyFault('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'REQUEST_TOO_LARGE'],
  ['another content', fastifyFault('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'REQUEST_MEDIA_TYPE_UNSUPPORTED'],
  ['a slow request', fastifyFault('ANY', 408), 'REQUEST_TIMEOUT'],
  ['a status without a word', new HttpException('teapot', 418), 'INTERNAL_FAULT'],
  ['a server fault of a library', fastifyFault('ANY', 502), 'INTERNAL_FAULT'],
  ['a lost database', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'SERVICE_UNAVAILABLE'],
  ['a deadlock that stayed', Object.assign(new Error('x'), { code: '40P01' }), 'SERVICE_UNAVAILABLE'],
  ['a bug', new TypeError('x is not a function'), 'INTERNAL_FAULT'],
  ['a text', 'thrown', 'INTERNAL_FAULT'],
  ['nothing', undefined, 'INTERNAL_FAULT'],
])('%s is called by its code', (_what, fault, code) => {
  expect(problemCodeOf(fault)).toBe(code);
});

const place = { instance: '/api/v1/teams/notes', correlationId: '0197f0c0-0000-7000-8000-000000000001' };

it('tells what a refusal wants to be told', () => {
  const refusal = new DomainError('SUPPLIES_FLOOR_REACHED', {
    detail: 'depot A keeps 10',
    facts: { availableBase: 4 },
  });
  expect(problemOf(refusal, place)).toEqual({
    type: 'urn:emergency-ledger:problem:supplies-floor-reached',
    title: 'The depot would fall below its reserve standard',
    status: 409,
    detail: 'depot A keeps 10',
    code: 'SUPPLIES_FLOOR_REACHED',
    facts: { availableBase: 4 },
    ...place,
  });
});

it('tells nothing of a fault of ours', () => {
  const fault = Object.assign(new Error('relation "secrets" does not exist'), { query: 'SELECT * FROM secrets' });
  expect(problemOf(fault, place)).toEqual({
    type: 'urn:emergency-ledger:problem:internal-fault',
    title: expect.stringContaining('correlation id') as string,
    status: 500,
    code: 'INTERNAL_FAULT',
    ...place,
  });
});
