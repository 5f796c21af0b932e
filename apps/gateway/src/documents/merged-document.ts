import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';

const FILE = join('docs', 'openapi', 'merged.json');

/**
 * The document of all four services as clients see them through the gateway, made by `tools/generate-docs`. It is looked
 * for in this folder and the ones above it, so that it is found from the sources, from `dist` and in an image.
 * @throws Error when there is none: the documents were not generated
 */
export function readMergedDocument(startFolder: string = __dirname): OpenAPIObject {
  const file = join(startFolder, FILE);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OpenAPIObject;
  const parent = dirname(startFolder);
  if (parent === startFolder) throw new Error(`${FILE} is missing; run the build, which generates it`);
  return readMergedDocument(parent);
}
