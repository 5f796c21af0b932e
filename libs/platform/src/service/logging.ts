import { Logger } from '@nestjs/common';
import type { ServiceName } from '@ledger/contracts';
import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { BusLogger } from '../bus/bus-logger';
import type { Settings } from '../config/settings';
import { CORRELATION_HEADER } from '../http/request-context';

/** JSON lines with the correlation id; tokens, keys and bodies never reach them. */
export function loggerOptions(service: ServiceName, settings: Settings): Params {
  return {
    pinoHttp: {
      level: settings.logLevel,
      base: { service },
      genReqId: (request: IncomingMessage) => String(request.headers[CORRELATION_HEADER]),
      redact: ['req.headers.authorization', 'req.headers.cookie', 'req.headers["idempotency-key"]'],
      autoLogging: { ignore: (request: IncomingMessage) => /^\/(health|metrics)/.test(request.url ?? '') },
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          url: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      },
    },
  };
}

/** The framework's logger in the form the bus adapters take. */
export function busLogger(): BusLogger {
  const logger = new Logger('Bus');
  return {
    debug: (details, message) => logger.debug(details, message),
    info: (details, message) => logger.log(details, message),
    warn: (details, message) => logger.warn(details, message),
    error: (details, message) => logger.error(details, message),
  };
}
