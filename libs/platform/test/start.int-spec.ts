import { Controller, Get, Module, type Type } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { CallUp, StockReserved } from '@ledger/contracts';
import { Public, RequireAction, RunningService, type ServiceDefinition } from '@ledger/platform';
import { waitFor } from '@ledger/testing';
import { type Sample, startSample } from './support/sample';
import { sampleService } from './support/sample-service';
import { TcpProxy } from './support/tcp-proxy';

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.stop());

/** The sample with one more controller. */
function sampleWith(...controllers: Type[]): ServiceDefinition {
  @Module({ imports: [sampleService.module], controllers })
  class Extended {}
  return { ...sampleService, module: Extended };
}

const start = (definition: ServiceDefinition): Promise<RunningService> =>
  RunningService.start(definition, sample.settings);

@Controller('open')
class OpenController {
  @Get()
  read(): object {
    return {};
  }
}

@Controller('second')
class SecondConsumer {
  @EventPattern<string>(CallUp.type)
  onCallUp(): void {}
}

@Controller()
class DeafConsumer {
  @EventPattern<string>(StockReserved.type)
  onStockReserved(): void {}
}

@Public()
@Controller('mixed')
class MixedController {
  @Get('all')
  @RequireAction('parked-event.replay')
  guarded(): object {
    return {};
  }

  @Get('open')
  open(): object {
    return {};
  }
}

describe('a service does not start', () => {
  it.each<[string, Type, string]>([
    ['a route without a policy', OpenController, 'OpenController.read'],
    ['two handlers of one event', SecondConsumer, CallUp.type],
    ['a handler of an event it does not subscribe to', DeafConsumer, StockReserved.type],
  ])('with %s', async (_what, controller, named) => {
    await expect(start(sampleWith(controller))).rejects.toThrow(named);
  });

  it('on a port that is taken, and leaves no connection behind', async () => {
    const line = await TcpProxy.to(sample.settings.databaseUrl);
    const taken = { ...sample.settings, port: sample.running.port, databaseUrl: line.url };
    await expect(RunningService.start(sampleService, taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(line.accepted).toBeGreaterThan(0);
    await waitFor('all connections to end', () => line.connections === 0, { timeoutMs: 5_000 });
    await line.cut();
  });

  it('without a bus and without keys to verify tokens by, and names both', async () => {
    const settings = { ...sample.settings, busDatabaseUrl: undefined, jwksUrl: undefined };
    await expect(RunningService.start(sampleService, settings)).rejects.toMatchObject({
      lines: [expect.stringContaining('BUS_DATABASE_URL'), expect.stringContaining('JWKS_URL')] as string[],
    });
  });
});

it('a route that names an action is not public because its class is', async () => {
  const service = await start(sampleWith(MixedController));
  const ask = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${service.port}/api/v1/teams/mixed/${path}`)).status;
  expect([await ask('open'), await ask('all')]).toEqual([200, 401]);
  await service.stop();
});
