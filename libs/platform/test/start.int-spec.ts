import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { CallUp, StockReserved } from '@ledger/contracts';
import { Public, RequireAction, RunningService, type ServiceDefinition } from '@ledger/platform';
import { type Sample, startSample } from './support/sample';
import { sampleService } from './support/sample-service';

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
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const connections = async (): Promise<number> => {
      const rows = await sample.database.query('SELECT 1 FROM pg_stat_activity WHERE datname = current_database()');
      return rows.length;
    };
    const before = await connections();
    const second = RunningService.start(sampleService, { ...sample.settings, port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await connections()).toBeLessThanOrEqual(before);
    await new Promise((resolve) => holder.close(resolve));
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
