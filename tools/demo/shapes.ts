/** The parts of the public API's answers that the demonstration reads. */

export interface Incident {
  readonly id: string;
  readonly sites: readonly { readonly id: string; readonly name: string }[];
}

export interface GoodsLine {
  readonly lineId: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly unit: string;
  readonly recoverable: boolean;
  readonly requestedBase: number;
  readonly shortBase: number;
  readonly reservation: string;
  readonly sources: readonly { readonly depotName: string; readonly quantityBase: number; readonly reason: string }[];
  readonly account: Readonly<Record<AccountPart, number>>;
}

export type AccountPart =
  | 'issuedBase'
  | 'inTransitBase'
  | 'atSiteBase'
  | 'damagedAtSiteBase'
  | 'consumedBase'
  | 'returnedBase'
  | 'lostBase'
  | 'handedOutBase';

export interface TimelineEntry {
  readonly at: string;
  readonly actor: string;
  readonly step: string;
  readonly what: string;
  readonly why: string;
}

export interface Allocation {
  readonly id: string;
  readonly phase: string;
  readonly outcome: string | null;
  readonly site: { readonly siteId: string };
  readonly goods: readonly GoodsLine[];
  readonly teams: readonly { readonly callUps: readonly { readonly callUpId: string; readonly status: string }[] }[];
  readonly shipments: readonly { readonly shipmentId: string; readonly depotId: string; readonly status: string }[];
  readonly trips: readonly {
    readonly tripId: string;
    readonly shipmentId: string | null;
    readonly plate: string;
    readonly status: string;
  }[];
  readonly peopleReached: number;
  readonly openPoints: readonly string[];
  readonly attention: { readonly owner: string; readonly reason: string } | null;
  readonly timeline: readonly TimelineEntry[];
}

export interface CallUp {
  readonly id: string;
  readonly state: string;
  readonly attempts: readonly { readonly teamId: string; readonly teamName: string; readonly answer: string | null }[];
}

export interface Trip {
  readonly id: string;
  readonly shipmentId: string | null;
  readonly state: string;
  readonly load: readonly { readonly lineId: string; readonly itemCode: string; readonly quantityBase: number }[];
}
