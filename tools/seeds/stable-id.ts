import { v5 } from 'uuid';

/** The namespace of all demonstration rows; changing it changes every id. */
const NAMESPACE = 'b3a5c2f4-5b0e-4c1d-9d7e-6f1a2b3c4d5e';

/**
 * The id of a demonstration row: a UUID by name (version 5), the same on every machine and in every run.
 * @param table  singular name of the row's kind, such as `depot`
 * @param code   the row's own code, unique in its table
 */
export function stableId(table: string, code: string): string {
  return v5(`${table}:${code}`, NAMESPACE);
}
