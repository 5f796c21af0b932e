import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { documentHash, documentTail } from './document-hash';
import { maskedName } from './domain/mask';
import { isPriority } from './domain/priority';
import type { HouseholdRow, RegisterHouseholdsRequest, RegisterHouseholdsResponse } from './dto/household.dto';
import { HouseholdErasure } from './erase-households';
import { HouseholdsRepository, type HouseholdEntry, type RegisteredHousehold } from './households.repository';
import { SitesRepository, type Site } from './sites.repository';

export interface HouseholdsRegistration {
  readonly siteId: string;
  readonly caller: Caller;
  readonly request: RegisterHouseholdsRequest;
}

export interface Registered {
  readonly id: string;
  readonly known: boolean;
}

/** Enters households into the register of an incident: one at the table, or a list of them. */
@Injectable()
export class RegisterHouseholdsUseCase {
  constructor(
    private readonly sites: SitesRepository,
    private readonly households: HouseholdsRepository,
    private readonly erasure: HouseholdErasure,
  ) {}

  /**
   * A household that is known by its document, or by its row of the site's list, is not entered again; its counts become
   * the new ones.
   * @throws DomainError in this order: SUPPLIES_SITE_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID
   * Source: plan 004 §24 (relief, priority groups).
   */
  async execute(tx: Tx, { siteId, caller, request }: HouseholdsRegistration): Promise<RegisterHouseholdsResponse> {
    const site = await this.sites.lockFor(tx, caller, siteId);
    const registered = await this.register(tx, site, request.rows, { caller, pointer: (index) => `/rows/${index}` });
    const households = request.rows.map((row, index) => ({
      householdId: registered[index].id,
      headName: maskedName(row.headName) ?? '',
      peopleCount: row.peopleCount,
      priority: isPriority(groupsOf(row)),
      known: registered[index].known,
    }));
    return { siteId: site.id, incidentId: site.incidentId, households };
  }

  /**
   * @param pointer  where a row stands in the request
   * @returns one answer per row, in the order given
   */
  async register(
    tx: Tx,
    site: Site,
    rows: readonly HouseholdRow[],
    { caller, pointer }: { readonly caller: Caller; readonly pointer: (index: number) => string },
  ): Promise<Registered[]> {
    if (rows.length === 0) return [];
    const salt = await this.households.saltOf(tx, site.incidentId);
    const entries = rows.map((row) => entryOf(row, salt));
    assertRows(entries, pointer);
    const known = await this.households.known(tx, site, entries);
    const matched = entries.map((entry, index) => match(entry, known, pointer(index)));
    await this.households.update(
      tx,
      entries.flatMap((entry, index) => (matched[index] ? [{ ...entry, id: matched[index] }] : [])),
    );
    const fresh = entries.filter((_, index) => !matched[index]);
    const ids = await this.households.insert(tx, site, fresh, caller);
    await this.erasure.schedule(tx, site.incidentId);
    return matched.map((id) => ({ id: id ?? (ids.shift() as string), known: id !== undefined }));
  }
}

const groupsOf = (row: HouseholdRow) => ({
  elderlyCount: row.elderlyCount ?? 0,
  childCount: row.childCount ?? 0,
  pregnantCount: row.pregnantCount ?? 0,
  disabledCount: row.disabledCount ?? 0,
  sickCount: row.sickCount ?? 0,
});

function entryOf(row: HouseholdRow, salt: string): HouseholdEntry {
  const { documentNumber } = row;
  return {
    headName: row.headName.trim(),
    phone: row.phone ?? null,
    documentHash: documentNumber === undefined ? null : documentHash(salt, documentNumber),
    documentTail: documentNumber === undefined ? null : documentTail(documentNumber),
    peopleCount: row.peopleCount,
    ...groupsOf(row),
    listReference: row.listReference ?? null,
  };
}

/** The faults name places and reasons, never what stood there. */
function assertRows(entries: readonly HouseholdEntry[], pointer: (index: number) => string): void {
  const seen = new Set<string>();
  const errors: FieldFault[] = [];
  entries.forEach((entry, index) => {
    const { peopleCount, headName, documentHash: hash, listReference } = entry;
    const groups = [entry.elderlyCount, entry.childCount, entry.pregnantCount, entry.disabledCount, entry.sickCount];
    if (headName === '') errors.push({ pointer: `${pointer(index)}/headName`, reason: 'is empty' });
    if (groups.some((count) => count > peopleCount)) {
      errors.push({ pointer: `${pointer(index)}/peopleCount`, reason: 'is less than a priority group of it' });
    }
    for (const key of [hash && `document ${hash}`, listReference && `row ${listReference}`]) {
      if (key && seen.has(key)) errors.push({ pointer: pointer(index), reason: 'came before in this request' });
      if (key) seen.add(key);
    }
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors: errors.slice(0, 50) });
}

/** @throws DomainError REQUEST_INVALID when the row of the list belongs to somebody else */
function match(entry: HouseholdEntry, known: readonly RegisteredHousehold[], pointer: string): string | undefined {
  const { documentHash: hash, listReference } = entry;
  const byDocument = hash === null ? undefined : known.find((household) => household.documentHash === hash);
  const byRow =
    listReference === null ? undefined : known.find((household) => household.listReference === listReference);
  const differs = byRow && hash !== null && byRow.documentHash !== null && byRow.documentHash !== hash;
  if (differs || (byDocument && byRow && byDocument.id !== byRow.id)) {
    const reason = 'is the row of another household in the list of this site';
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: `${pointer}/listReference`, reason }] });
  }
  return (byDocument ?? byRow)?.id;
}
