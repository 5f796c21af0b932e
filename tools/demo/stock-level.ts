import type { ApiUser } from './public-api';

/** Pieces of one item in the stores of the county. */
export interface StockLevel {
  readonly itemCode: string;
  readonly availableBase: number;
  readonly reservedBase: number;
  readonly quarantineBase: number;
}

interface StockAnswer {
  readonly items: readonly Omit<StockLevel, 'itemCode'>[];
}

const COUNTY = '140930';

/** What the county's stores hold of each item, over all depots. */
export async function readStock(keeper: ApiUser, itemCodes: readonly string[]): Promise<StockLevel[]> {
  return Promise.all(
    itemCodes.map(async (itemCode) => {
      const { items } = await keeper.get<StockAnswer>(`/supplies/stock?region=${COUNTY}&item=${itemCode}&limit=200`);
      const sum = (part: 'availableBase' | 'reservedBase' | 'quarantineBase'): number =>
        items.reduce((total, row) => total + row[part], 0);
      return {
        itemCode,
        availableBase: sum('availableBase'),
        reservedBase: sum('reservedBase'),
        quarantineBase: sum('quarantineBase'),
      };
    }),
  );
}
