import { UPLOAD_ROUTES, uploadRouteOf } from './uploads';

const { path } = UPLOAD_ROUTES[0];

it('an upload route is known by its method and its whole path, whatever it is asked with', () => {
  expect(uploadRouteOf({ method: 'POST', url: path })).toBe(UPLOAD_ROUTES[0]);
  expect(uploadRouteOf({ method: 'POST', url: `${path}?kind=movements` })).toBe(UPLOAD_ROUTES[0]);
});

it.each([
  ['another method', 'PUT', path],
  ['a route below it', 'POST', `${path}/1/commit`],
  ['a longer name', 'POST', `${path}2`],
  ['another service', 'POST', path.replace('supplies', 'teams')],
  ['the path in a question', 'POST', `/api/v1/supplies/receipts?x=${path}`],
])('%s is no upload route', (_what, method, url) => {
  expect(uploadRouteOf({ method, url })).toBeUndefined();
});
