/** A route that takes a file as its body, as it is, instead of JSON. */
export interface UploadRoute {
  readonly method: 'POST';
  /** The whole path, as the gateway and the owning service both know it. */
  readonly path: string;
  /** A longer body is refused, announced or not. */
  readonly limitBytes: number;
  /** Media types the route reads; all others are refused as on every route. */
  readonly mediaTypes: readonly string[];
}

const MEBIBYTE = 1024 * 1024;

/** Excel's own format since 2007. */
export const XLSX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Every route of all services that takes a file. It is one list because two must agree on it: the gateway, which passes
 * the body on, and the service, which reads it. All other routes speak JSON of at most 256 KiB.
 */
export const UPLOAD_ROUTES: readonly UploadRoute[] = [
  {
    method: 'POST',
    path: '/api/v1/supplies/imports',
    limitBytes: 64 * MEBIBYTE,
    mediaTypes: ['text/csv', XLSX_MEDIA_TYPE, 'application/octet-stream'],
  },
];

/** The upload route that a request asks for, or undefined for every other route. */
export function uploadRouteOf(request: { readonly method: string; readonly url: string }): UploadRoute | undefined {
  const [path] = request.url.split('?');
  return UPLOAD_ROUTES.find((route) => route.method === request.method && route.path === path);
}
