import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertList, assertNotRepeated, newlyReached, type KnownHousehold, type Recipient } from './domain/recipients';
import { signatureFault } from './domain/signature';
import type { HandoutRecipient, PriorityWarningResponse, RecordHandoutRequest } from './dto/handout.dto';
import { HandoutListsRepository, type ServedHousehold } from './handout-lists.repository';
import { HouseholdsRepository } from './households.repository';
import { RegisterHouseholdsUseCase } from './register-households';
import type { Site } from './sites.repository';

/** The list of a hand-out, checked. */
export interface PlannedList {
  readonly served: readonly ServedHousehold[];
  readonly peopleReached: number;
}

interface ListInput {
  readonly site: Site;
  readonly caller: Caller;
  readonly request: RecordHandoutRequest;
  readonly itemOf: (lineId: string) => string | undefined;
}

/** The households of a hand-out: who they are, what each gets, who signed, and who ought to have come first. */
@Injectable()
export class HandoutList {
  constructor(
    private readonly register: RegisterHouseholdsUseCase,
    private readonly households: HouseholdsRepository,
    private readonly lists: HandoutListsRepository,
  ) {}

  /**
   * A hand-out without a list is counted by its head count, as before.
   * @throws DomainError in this order: REQUEST_INVALID, SUPPLIES_HANDOUT_REPEATED
   */
  async plan(tx: Tx, { site, caller, request, itemOf }: ListInput): Promise<PlannedList> {
    const { recipients, allocationId } = request;
    if (recipients === undefined) return { served: [], peopleReached: request.peopleReached ?? 0 };
    assertForm(request, recipients);
    const ids = await this.idsOf(tx, site, caller, recipients);
    const wanted = recipients.map((recipient, index) => ({ ...wantedOf(recipient), householdId: ids[index] }));
    assertList(linesOf(request.lines), wanted);
    const known = await this.households.lock(tx, { incidentId: site.incidentId, allocationId }, ids);
    assertRegistered(ids, known);
    assertNotRepeated(wanted, known, itemOf);
    const served = wanted.map((recipient, index) => {
      const household = known.get(recipient.householdId) as KnownHousehold;
      return { ...recipient, household, signature: recipients[index].signature };
    });
    return { served, peopleReached: newlyReached(served.map(({ household }) => household)) };
  }

  /** Writes the list beside its hand-out and says who was passed over. */
  async record(
    tx: Tx,
    site: Site,
    handoutId: string,
    served: readonly ServedHousehold[],
  ): Promise<PriorityWarningResponse[]> {
    if (served.length === 0) return [];
    await this.lists.insert(tx, handoutId, served);
    return this.lists.priorityWaiting(tx, site.id, handoutId);
  }

  private async idsOf(tx: Tx, site: Site, caller: Caller, recipients: readonly HandoutRecipient[]): Promise<string[]> {
    const places = recipients.flatMap(({ household }, index) => (household ? index : []));
    const rows = places.flatMap((place) => recipients[place].household ?? []);
    const pointer = (index: number): string => `/recipients/${places[index]}/household`;
    const registered = await this.register.register(tx, site, rows, { caller, pointer });
    const made = new Map(places.map((place, index) => [place, registered[index].id]));
    return recipients.map(({ householdId }, index) => householdId?.toLowerCase() ?? (made.get(index) as string));
  }
}

const linesOf = (lines: RecordHandoutRequest['lines']) =>
  lines.map(({ lineId, quantityBase }) => ({ lineId: lineId.toLowerCase(), quantityBase }));

const wantedOf = ({ lines, repeatReason }: HandoutRecipient): Omit<Recipient, 'householdId'> => ({
  lines: linesOf(lines),
  repeatReason,
});

function assertForm(request: RecordHandoutRequest, recipients: readonly HandoutRecipient[]): void {
  const errors: FieldFault[] = [];
  if (request.peopleReached !== undefined)
    errors.push({ pointer: '/peopleReached', reason: 'is counted from the list' });
  recipients.forEach(({ householdId, household, signature }, index) => {
    const pointer = `/recipients/${index}`;
    if ((householdId === undefined) === (household === undefined)) {
      errors.push({ pointer, reason: 'names a household by its id or in full, one of them' });
    }
    const fault = signature?.imagePng === undefined ? undefined : signatureFault(signature.imagePng);
    if (fault) errors.push({ pointer: `${pointer}/signature/imagePng`, reason: fault });
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors: errors.slice(0, 50) });
}

function assertRegistered(ids: readonly string[], known: ReadonlyMap<string, KnownHousehold>): void {
  const errors = ids.flatMap((id, index) =>
    known.has(id)
      ? []
      : [{ pointer: `/recipients/${index}/householdId`, reason: 'is not in the register of this incident' }],
  );
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors: errors.slice(0, 50) });
}
