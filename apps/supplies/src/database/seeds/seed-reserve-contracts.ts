import { dayInChina, type ReserveMode } from '@ledger/contracts';
import { Deadlines, type SeedContext, type Tx } from '@ledger/platform';
import { CapacityListRepository } from '../../reserves/capacity-list.repository';
import { ChangeContractStateUseCase } from '../../reserves/change-contract-state';
import { ConfirmationReminders } from '../../reserves/confirmation-reminders';
import { ContractsRepository } from '../../reserves/contracts.repository';
import { CreateReserveContractUseCase } from '../../reserves/create-reserve-contract';
import type { CreateReserveContractRequest } from '../../reserves/dto/contract.dto';
import { RecordChange } from '../../reserves/record-change';
import { isYes, optionalInteger, optionalText, seedCause } from './seed-cause';

interface ContractSeed {
  readonly document_number: string;
  readonly mode: ReserveMode;
  readonly region_code: string;
  readonly organisation_id: string;
  readonly serves: string;
  readonly counterparty_name: string;
  readonly enterprise_organisation_id: string;
  readonly item_code: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly response_hours: string;
  readonly quantity_base: string;
  readonly minimum_base: string;
  readonly rate_per_day: string;
  readonly start_up_hours: string;
  readonly unit_price_fen: string;
  readonly confirm_every_days: string;
  readonly grace_days: string;
  readonly synthetic: string;
}

const RECORDER = { name: 'seed', userId: null };

/** Reserve contracts through the use case itself; one that is known, even an ended one, is left as it is. */
export async function seedReserveContracts(context: SeedContext): Promise<void> {
  const rows = await context.readCsv<ContractSeed>('supplies/reserve-contracts.csv');
  const create = useCase(context);
  const added = await context.database.transaction(async (tx) => {
    let count = 0;
    for (const row of rows) {
      if (await isKnown(tx, row)) continue;
      const { region_code: regionCode, organisation_id: organisationId } = row;
      const owner = { regionCode, organisationId, recorder: RECORDER, synthetic: isYes(row.synthetic) };
      await create.create(tx, owner, requestOf(row, dayInChina(tx.now)), seedCause(row.document_number));
      count++;
    }
    return count;
  });
  context.progress(`supplies: ${rows.length} reserve contracts, ${added} of them new`);
}

function useCase({ database, outbox }: SeedContext): CreateReserveContractUseCase {
  const contracts = new ContractsRepository();
  const reminders = new ConfirmationReminders(new Deadlines(database), contracts, outbox);
  const changes = new RecordChange(contracts, reminders, outbox);
  const states = new ChangeContractStateUseCase(contracts, changes, new CapacityListRepository());
  return new CreateReserveContractUseCase(contracts, changes, states);
}

async function isKnown(tx: Tx, row: ContractSeed): Promise<boolean> {
  const known = await tx.query(
    'SELECT 1 FROM reserve_contracts WHERE organisation_id = $1 AND document_number = $2 AND item_code = $3 LIMIT 1',
    [row.organisation_id, row.document_number, row.item_code],
  );
  return known.length > 0;
}

/** What has run out by the day of loading stays a draft. */
function requestOf(row: ContractSeed, today: string): CreateReserveContractRequest {
  return {
    documentNumber: row.document_number,
    mode: row.mode,
    serves: row.serves.split(';'),
    counterpartyName: row.counterparty_name,
    enterpriseOrganisationId: optionalText(row.enterprise_organisation_id) ?? undefined,
    itemCode: row.item_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    responseHours: Number(row.response_hours),
    quantityBase: Number(row.quantity_base),
    minimumBase: Number(row.minimum_base),
    ratePerDay: optionalInteger(row.rate_per_day) ?? undefined,
    startUpHours: optionalInteger(row.start_up_hours) ?? undefined,
    unitPriceFen: optionalInteger(row.unit_price_fen) ?? undefined,
    confirmEveryDays: optionalInteger(row.confirm_every_days) ?? undefined,
    graceDays: Number(row.grace_days),
    activate: row.valid_to >= today,
  };
}
