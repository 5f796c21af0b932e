/** One allocation line at a site, in the item's base unit. */
export class SiteLineResponse {
  allocationId!: string;
  lineId!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  recoverable!: boolean;
  /** Usable pieces that arrived, found ones included. */
  receivedBase!: number;
  /** Usable pieces there now; recoverable ones stay here while people use them. */
  usableBase!: number;
  /** Damaged pieces there now. */
  damagedBase!: number;
  /** Pieces handed out to people so far. */
  handedOutBase!: number;
  /** Pieces that left the site again, back to a depot or lost. */
  returnedBase!: number;
}

/** An incident site and what is there. */
export class SiteResponse {
  siteId!: string;
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
  incidentId!: string;
  peopleReached!: number;
  lines!: SiteLineResponse[];
}
