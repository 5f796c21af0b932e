export type {
  Bus,
  BusConsumer,
  ConsumerState,
  Delivery,
  HandlerAnswer,
  IncomingMessage,
  MessageHandler,
  OutgoingMessage,
  TopicSettings,
} from './bus/bus';
export type { BusLogger } from './bus/bus-logger';
export { createBus } from './bus/create-bus';
export { migrateEmbeddedBus } from './bus/embedded/migrate';
export { LedgerTransport } from './bus/ledger-transport';
export { SettingsError, readSettings } from './config/settings';
export type { Settings } from './config/settings';
export { Database } from './database/database';
export type { Tx } from './database/database';
export { createDataSource, createMigrationDataSource } from './database/data-source';
export type { DataSourceInput } from './database/data-source';
export { migrate } from './database/migrate';
export { newId } from './database/new-id';
export { regionCodeCheck } from './database/region-code-check';
export { safeInteger } from './database/safe-integer';
export { faultCode, faultDetail, isTransientFault } from './database/transient-fault';
export { Deadlines } from './deadlines/deadlines';
export type { Deadline, NewDeadline } from './deadlines/deadlines';
export { causeOf } from './events/cause';
export type { Cause } from './events/cause';
export { Inbox } from './events/inbox';
export { EVENT_HEADERS, Outbox } from './events/outbox';
export { OutboxRelay } from './events/outbox-relay';
export { Parking } from './events/parking';
export { HealthService } from './health/health.service';
export { AccessGuard } from './http/access.guard';
export { createApiDocument } from './http/api-document';
export { canonicalJson } from './http/canonical-json';
export { GroupedWrites } from './http/grouped-writes';
export { Idempotency } from './http/idempotency';
export { IdParam, PageQuery } from './http/page-query';
export { Public, RequireAction } from './http/policy.decorators';
export { problemOf } from './http/problem';
export { RequestCaller, requireRegion } from './http/request-caller.decorator';
export { CORRELATION_HEADER, correlationIdOf } from './http/request-context';
export { RequestIdentity, causeOfRequest } from './http/request-identity.decorator';
export type { Identity } from './http/request-identity.decorator';
export { limitedBody } from './http/limited-body';
export { LINE_PATTERN, PARAGRAPH_PATTERN } from './http/text-patterns';
export { TOKEN_ALGORITHMS, TOKEN_AUDIENCE, TOKEN_ISSUER, TokenVerifier } from './http/token-verifier';
export { RequestUpload } from './http/uploads';
export type { Upload } from './http/uploads';
export { PeriodicTask } from './service/periodic-task';
export { BUS, PlatformModule, SERVICE_DEFINITION, SETTINGS } from './service/platform.module';
export { RunningService } from './service/running-service';
export { runService } from './service/run-service';
export { seed } from './service/seed';
export { globalPrefixOf } from './service/service-definition';
export type { SeedContext, ServiceDefinition } from './service/service-definition';
