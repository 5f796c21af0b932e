import { ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  PlatformModule,
  createApiDocument,
  globalPrefixOf,
  readSettings,
  type ServiceDefinition,
} from '@ledger/platform';
import { asJson } from './stable-json';
import type { OpenApiDocument } from './openapi';

/** What the code of a service says about its interfaces. */
export interface DescribedService {
  readonly openApi: OpenApiDocument;
  /** The event and command types it has a handler for, sorted. */
  readonly handledTypes: readonly string[];
}

/** Nothing is opened in a preview; the settings only have to have the right form. */
const UNUSED_DATABASE = 'postgres://nobody@localhost/none';
/** Where `@EventPattern` keeps the types of a handler. */
const PATTERN_METADATA = 'microservices:pattern';

/** Reads routes and handlers of a service from its module, without starting anything. */
export async function describeService(definition: ServiceDefinition): Promise<DescribedService> {
  const settings = readSettings(definition.name, { DATABASE_URL: UNUSED_DATABASE });
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: class PreviewRoot {},
      imports: [PlatformModule.forService(definition, settings), definition.module],
    },
    new FastifyAdapter(),
    { logger: false, preview: true },
  );
  app.setGlobalPrefix(globalPrefixOf(definition.name), { exclude: [...(definition.unprefixedRoutes ?? [])] });
  const openApi = asJson(createApiDocument(app, definition)) as unknown as OpenApiDocument;
  return { openApi, handledTypes: handledTypes(app) };
}

function handledTypes(app: NestFastifyApplication): string[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const prototypes = controllers.map((controller) => controller.metatype?.prototype as object | undefined);
  return prototypes.flatMap((prototype) => (prototype ? patternsOf(prototype) : [])).sort();
}

function patternsOf(prototype: object): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype))
    .map((descriptor) => descriptor.value as unknown)
    .filter((member) => typeof member === 'function')
    .flatMap((method) => (Reflect.getMetadata(PATTERN_METADATA, method) ?? []) as string[]);
}
