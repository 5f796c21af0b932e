import { callableSourceOf, confirmationDue, whyUncounted, type Caller } from '@ledger/contracts';
import { maskedName, maskedPhone } from './domain/contact';
import type { ReserveContract } from './domain/contract';
import type { ReserveContractResponse } from './dto/contract.dto';
import { maySeeContact } from './reach';

type Contact = Pick<ReserveContractResponse, 'contactName' | 'contactPhone' | 'contactMasked'>;

/** Whom to telephone, in full for those who have to and masked for everybody else. */
export function shownContact(contract: ReserveContract, caller: Caller): Contact {
  const { contactName, contactPhone } = contract;
  if (maySeeContact(caller, contract)) return { contactName, contactPhone, contactMasked: false };
  return {
    contactName: contactName && maskedName(contactName),
    contactPhone: contactPhone && maskedPhone(contactPhone),
    contactMasked: true,
  };
}

/** A contract as its readers see it, with what it can give at a moment. */
export function responseOf(contract: ReserveContract, caller: Caller, now: Date): ReserveContractResponse {
  const uncounted = whyUncounted(contract, now) ?? null;
  const { limitBase } = callableSourceOf(contract, { regionCode: contract.regionCode });
  return {
    contractId: contract.contractId,
    documentNumber: contract.documentNumber,
    mode: contract.mode,
    state: contract.state,
    regionCode: contract.regionCode,
    organisationId: contract.organisationId,
    serves: [...contract.serves],
    counterpartyName: contract.counterpartyName,
    enterpriseOrganisationId: contract.enterpriseOrganisationId,
    itemCode: contract.itemCode,
    validFrom: contract.validFrom,
    validTo: contract.validTo,
    responseHours: contract.responseHours,
    quantityBase: contract.quantityBase,
    minimumBase: contract.minimumBase,
    ratePerDay: contract.ratePerDay,
    startUpHours: contract.startUpHours,
    outputEveryHours: contract.outputEveryHours,
    unitPriceFen: contract.unitPriceFen,
    restoredBy: contract.restoredBy,
    confirmEveryDays: contract.confirmEveryDays,
    graceDays: contract.graceDays,
    calledBase: contract.calledBase,
    drawnBase: contract.drawnBase,
    term: contract.term,
    activatedAt: contract.activatedAt,
    belowMinimumSince: contract.belowMinimumSince?.toISOString() ?? null,
    confirmationDueOn: confirmationDue(contract, now)?.dueOn ?? null,
    confirmation: contract.confirmation && { ...contract.confirmation },
    callableBase: uncounted ? 0 : limitBase,
    uncounted,
    ...shownContact(contract, caller),
    synthetic: contract.synthetic,
  };
}
