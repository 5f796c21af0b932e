const anImport = (columns: string, values: string): string => `
  INSERT INTO imports (id, kind, organisation_id, organisation_kind, region_code, realm, file_name, format, encoding,
                       sha256, size_bytes, uploaded_by, uploaded_by_id, ${columns})
  VALUES (gen_random_uuid(), 'movements', gen_random_uuid(), 'emergency', '140930', 'real', 'planted.csv', 'csv',
          'utf-8', 'planted', 1, 'planted', gen_random_uuid(), ${values})`;

/** Faults of imports, each with the statements that plant it. */
export const IMPORT_FAULTS: Readonly<Record<string, readonly string[]>> = {
  'supplies.import-equals-movements': [
    anImport(
      'state, ended_at, committed_by_id, rows_valid, rows_posted',
      `'committed', now(), gen_random_uuid(), 3, 3`,
    ),
  ],
  'supplies.import-has-an-end': [anImport('state', `'inspected'`)],
};
