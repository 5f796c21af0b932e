/** As `patience.cjs`, for suites that start the whole product. */
jest.setTimeout(180_000);
