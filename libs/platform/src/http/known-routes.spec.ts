import { KnownRoutes } from './known-routes';

function routes(): KnownRoutes {
  const known = new KnownRoutes();
  known.add(['GET'], '/api/v1/teams/teams');
  known.add(['HEAD'], '/api/v1/teams/teams');
  known.add(['GET'], '/api/v1/teams/teams/:id');
  known.add(['PUT', 'DELETE'], '/api/v1/teams/teams/:id');
  known.add(['GET'], '/.well-known/jwks.json');
  known.add(['POST'], '/api/v1/*');
  return known;
}

it.each([
  ['POST', '/api/v1/teams/teams', ['GET', 'HEAD']],
  ['POST', '/api/v1/teams/teams?limit=1', ['GET', 'HEAD']],
  ['POST', '/api/v1/teams/teams/', ['GET', 'HEAD']],
  ['POST', '/api/v1/teams/teams/7', ['DELETE', 'GET', 'PUT']],
])('%s %s is known by other methods', (method, url, others) => {
  expect(routes().otherMethods(url, method)).toEqual(others);
});

it.each([
  ['a method it has', 'GET', '/api/v1/teams/teams/7'],
  ['a path nobody knows', 'GET', '/api/v1/teams/nothing'],
  ['a longer path', 'POST', '/api/v1/teams/teams/7/more'],
  ['a missing parameter', 'POST', '/api/v1/teams/teams//'],
  ['a dot that is no dot', 'POST', '/xwell-known/jwksxjson'],
  ['a catch-all of a proxy', 'GET', '/api/v1/anything'],
])('%s has no other methods', (_what, method, url) => {
  expect(routes().otherMethods(url, method)).toEqual([]);
});
