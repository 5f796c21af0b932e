/** A bound against hanging, not a measure; a project of jest cannot set it in its configuration. */
jest.setTimeout(30_000);
