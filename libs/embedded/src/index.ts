export {
  type DatabaseRoles,
  type DatabaseUrls,
  DATABASE_ROLES,
  databaseUrls,
  prepareDatabase,
  prepareDatabases,
} from './databases';
export { isPortFree, pickFreePort, pickFreePorts } from './ports';
export { type PostgresOptions, startPostgres } from './postgres';
export { type EmbeddedPostgres } from './embedded-postgres';
export { type ProgressEvent, type StackPhase } from './progress';
export { type RunningStack, findRunningDatabases, findRunningStack } from './running';
export { DATABASES, type DatabaseName, SERVICES, type ServiceName, appRoleOf, ownerRoleOf } from './service-names';
export { type Stack, startStack } from './stack';
export { type StackOptions } from './stack-options';
export { StartError, type StartErrorCode } from './start-errors';
export { type SupervisedService } from './supervised-service';
