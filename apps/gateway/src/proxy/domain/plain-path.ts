/**
 * True when a path means the same to the door and to the service behind it. A dot segment or a backslash, also an
 * encoded one, could lead out of the service's part of the address space once somebody normalises it.
 * @param path  as received, without the query
 */
export function isPlainPath(path: string): boolean {
  const decoded = decodedOrUndefined(path);
  if (decoded === undefined || decoded.includes('\\') || decoded.includes('\0')) return false;
  return !decoded.split('/').some((segment) => segment === '..' || segment === '.');
}

function decodedOrUndefined(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
