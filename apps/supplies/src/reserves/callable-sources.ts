import { Injectable } from '@nestjs/common';
import type { CallableSource, Caller } from '@ledger/contracts';

/** For what the sources are asked. */
export interface CallablePlace {
  readonly itemCode: string;
  /** The place that needs the goods. */
  readonly regionCode: string;
  readonly at: Date;
  readonly caller: Caller;
}

/** A source with what a reader of the answer has to know of it. */
export interface NamedSource extends CallableSource {
  readonly name: string;
  /** The contract or agreement to start; null for a depot. */
  readonly documentNumber: string | null;
  readonly regionCode: string;
}

export type SourceProvider = (place: CallablePlace) => Promise<readonly NamedSource[]>;

/**
 * Where the callable curve finds its sources besides the region's own depots and contracts. A feature (joint reserve,
 * neighbours under a sharing agreement) adds its provider while its module starts; a provider gives only what may be
 * called, with floors and promises taken off.
 */
@Injectable()
export class CallableSources {
  private readonly providers: SourceProvider[] = [];

  add(provider: SourceProvider): void {
    this.providers.push(provider);
  }

  async of(place: CallablePlace): Promise<NamedSource[]> {
    const lists = await Promise.all(this.providers.map((provider) => provider(place)));
    return lists.flat();
  }
}
