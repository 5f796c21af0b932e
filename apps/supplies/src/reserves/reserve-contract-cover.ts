import { Injectable } from '@nestjs/common';
import { knownStockBase, startOfDayInChina, uncalledBase, type PromisedMode } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ContractCover, type EnterpriseStock } from '../standards/contract-cover';
import type { PromisedQuantity } from '../standards/domain/gap';
import { countedContracts } from './reserve-holdings.queries';

/** What the gap list may count as covered: contracts in force with fresh figures, each once, for its own region. */
@Injectable()
export class ReserveContractCover extends ContractCover {
  async promised(reader: Pick<Tx, 'query'>, pattern: string, day: string): Promise<PromisedQuantity[]> {
    const contracts = await countedContracts(reader, { pattern, at: startOfDayInChina(day) });
    return contracts.map((contract) => ({
      regionCode: contract.regionCode,
      itemCode: contract.itemCode,
      quantityBase: uncalledBase(contract),
      mode: contract.mode as PromisedMode,
    }));
  }

  async kept(reader: Pick<Tx, 'query'>, pattern: string, day: string): Promise<EnterpriseStock[]> {
    const contracts = await countedContracts(reader, { pattern, at: startOfDayInChina(day) });
    return contracts.flatMap((contract) => {
      const { mode, enterpriseOrganisationId: enterpriseId, counterpartyName: enterpriseName } = contract;
      const { regionCode, itemCode, minimumBase } = contract;
      if (mode !== 'enterprise' || enterpriseId === null) return [];
      return [{ enterpriseId, enterpriseName, regionCode, itemCode, stockBase: knownStockBase(contract), minimumBase }];
    });
  }
}
