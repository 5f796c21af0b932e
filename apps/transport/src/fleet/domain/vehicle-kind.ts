/**
 * Ways of loading that packed goods need: by hand, by fork-lift, over a dock, as a container. A kind without one of
 * them is made for people, liquids, loose material or plant.
 */
const LOADING_OF_PACKED_GOODS: ReadonlySet<string> = new Set([
  'hand',
  'hand or tail lift',
  'forklift or dock',
  'dock',
  'crane or dock',
]);

/** What a kind of vehicle is fit for, read from its row in `transport-types.csv`. */
export function fitnessOf(kind: { readonly mode: string; readonly loadingNeed: string; readonly terrain: string }): {
  readonly carriesGoods: boolean;
  readonly mainRoadsOnly: boolean;
} {
  return {
    carriesGoods: kind.mode === 'road' && LOADING_OF_PACKED_GOODS.has(kind.loadingNeed),
    mainRoadsOnly: kind.terrain === 'main road',
  };
}
