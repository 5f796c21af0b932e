import type { DatabaseUrls } from './databases';
import { pickFreePorts } from './ports';
import type { Report } from './progress';
import { type EnvironmentSource, environmentOf } from './service-environment';
import { type DatabaseName, SERVICES, type ServiceName } from './service-names';
import { scriptOf } from './service-process';
import type { StackOptions } from './stack-options';
import { StartError } from './start-errors';
import { SupervisedService } from './supervised-service';

/** Another program may take an internal port between the choice and its use; then all four start on other ports. */
const PORT_ATTEMPTS = 3;

export type Services = ReadonlyMap<ServiceName, SupervisedService>;

export interface ServingContext {
  readonly options: StackOptions;
  readonly databases: Readonly<Record<DatabaseName, DatabaseUrls>>;
  readonly logDir: string;
  readonly report: Report;
  /** Told when a service has died too often after it was ready. */
  readonly giveUp: (error: StartError) => void;
}

/**
 * Starts the four services at once and waits until all are ready. If one fails, the others are stopped.
 * @throws StartError PORT_IN_USE, SERVICE_FAILED, DISK_FULL, NOT_BUILT, INTERRUPTED
 */
export async function serve(context: ServingContext): Promise<{ source: EnvironmentSource; services: Services }> {
  for (let attempt = 1; ; attempt += 1) {
    const source = await environmentSource(context.options, context.databases);
    const services: Services = new Map(SERVICES.map((name) => [name, superviseService(name, source, context)]));
    context.report('services', `starting ${SERVICES.join(', ')}`);
    const failure = await startAll(services, context);
    if (failure === null) return { source, services };
    await Promise.all([...services.values()].map((service) => service.stop()));
    const isChosenHere = failure.name !== 'gateway' || context.options.gatewayPort === 0;
    const isPortTaken = failure.error instanceof StartError && failure.error.code === 'PORT_IN_USE';
    if (!(isChosenHere && isPortTaken) || attempt === PORT_ATTEMPTS) throw failure.error;
  }
}

/** Everything the environments are made from, with free ports for this attempt. */
export async function environmentSource(
  options: StackOptions,
  databases: ServingContext['databases'],
): Promise<EnvironmentSource> {
  const [supplies, teams, transport, spare] = (await pickFreePorts(4)) as [number, number, number, number];
  const ports = { supplies, teams, transport, gateway: options.gatewayPort || spare };
  return { ...options, databases, ports, gatewayHost: options.gatewayHost ?? '127.0.0.1', extra: options.env };
}

interface StartFailure {
  readonly name: ServiceName;
  readonly error: unknown;
}

/** @returns the first failure, after all services have answered; it interrupts the start of the others */
async function startAll(services: Services, { options, report }: ServingContext): Promise<StartFailure | null> {
  const others = new AbortController();
  const signal = AbortSignal.any([others.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const failures: StartFailure[] = [];
  const starts = [...services].map(async ([name, service]) => {
    try {
      await service.start(signal);
      report('services', `${name} is ready`);
    } catch (error) {
      failures.push({ name, error });
      others.abort();
    }
  });
  await Promise.all(starts);
  return failures[0] ?? null;
}

function superviseService(name: ServiceName, source: EnvironmentSource, context: ServingContext): SupervisedService {
  const { options, logDir, report, giveUp } = context;
  const env = environmentOf(name, 'serve', source);
  const { projectDir, onOutput } = options;
  const spec = { name, script: scriptOf(name), args: ['serve'], env, projectDir, logDir, onOutput };
  return new SupervisedService(spec, (line) => report('notice', line), giveUp);
}
