import { ApiProblem, type ApiUser } from './public-api';
import { readStock } from './stock-level';
import { until } from './wait';

interface ProjectedStock {
  readonly depots: readonly { readonly lots: readonly { readonly availableBase: number }[] }[];
}

const COUNTY = '140930';
const PATIENCE_MS = 60_000;

/**
 * Plans are made from what the gateway has read of the others' events. Right after a first start that takes some
 * seconds: waits until it knows as many free pieces as the ledger has.
 */
export async function untilGatewayKnows(keeper: ApiUser, itemCodes: readonly string[]): Promise<void> {
  await until(
    'the gateway to know the stock',
    async () => {
      const ledger = await readStock(keeper, itemCodes);
      const known = await Promise.all(itemCodes.map((itemCode) => freePieces(keeper, itemCode)));
      return ledger.every((level, index) => level.availableBase === known[index]);
    },
    Boolean,
    PATIENCE_MS,
  );
}

async function freePieces(keeper: ApiUser, itemCode: string): Promise<number> {
  try {
    const stock = await keeper.get<ProjectedStock>(`/resources/stock?item=${itemCode}&region=${COUNTY}`);
    return stock.depots.flatMap(({ lots }) => lots).reduce((sum, { availableBase }) => sum + availableBase, 0);
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) return -1;
    throw error;
  }
}
