import { readFileSync } from 'node:fs';
import {
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  RenewReservation,
  ReserveStock,
  type EventDefinition,
} from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { parkedCodes, startSupplies } from './support/world';

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());

/** The recorded example of a command. */
function recorded(definition: EventDefinition): object {
  const file = `libs/contracts/fixtures/${definition.type}.json`;
  return (JSON.parse(readFileSync(file, 'utf8')) as { data: object }).data;
}

async function answers(): Promise<string[]> {
  const rows = await service.database.query<{ type: string }>('SELECT type FROM outbox ORDER BY position');
  return rows.map(({ type }) => type);
}

it('understands every command as it was recorded, and refuses what it does not know', async () => {
  for (const command of [ReserveStock, RenewReservation, OrderIssue, ReleaseStock, RecordDelivery]) {
    await service.publish(command as EventDefinition, recorded(command as EventDefinition));
  }
  await service.settled();
  expect(await answers()).toEqual([
    'supplies.stock-refused.v1', // the item is not in this catalogue
    'supplies.stock-refused.v1', // so there is nothing to renew
    'supplies.stock-refused.v1', // and nothing to issue
    'supplies.stock-released.v1', // a release is always answered
  ]);
  // A delivery of a shipment that never left contradicts the ledger.
  expect(await parkedCodes(service)).toEqual(['SUPPLIES_SHIPMENT_NOT_FOUND']);
});
