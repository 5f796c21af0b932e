import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, type NestFactory } from '@nestjs/core';
import { ACTION_METADATA, PUBLIC_METADATA } from './policy.decorators';

type Application = Awaited<ReturnType<typeof NestFactory.create>>;

/**
 * Finds the routes without a declared policy; the service must not start with one.
 * @returns `Controller.method` names, empty when all routes declare one
 */
export function routesWithoutPolicy(app: Pick<Application, 'get'>): string[] {
  const scanner = new MetadataScanner();
  const missing: string[] = [];
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    if (!metatype) continue;
    const prototype = metatype.prototype as Record<string, object>;
    for (const method of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[method];
      const isRoute = Reflect.hasMetadata(METHOD_METADATA, handler);
      const declared = [handler, metatype].some(
        (target) => Reflect.hasMetadata(ACTION_METADATA, target) || Reflect.hasMetadata(PUBLIC_METADATA, target),
      );
      if (isRoute && !declared) missing.push(`${metatype.name}.${method}`);
    }
  }
  return missing;
}
