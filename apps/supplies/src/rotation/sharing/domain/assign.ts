/** Something that can give: a lot, from a pool that several share (what a depot has above its floor). */
export interface Giver {
  readonly id: string;
  readonly poolId: string;
  /** Integer ≥ 0. */
  readonly quantity: number;
}

export interface Pool {
  readonly id: string;
  readonly quantity: number;
}

export interface Taker {
  readonly id: string;
  readonly quantity: number;
}

export interface Lane {
  readonly giverId: string;
  readonly takerId: string;
  /** Of one piece; ≥ 0. */
  readonly cost: number;
}

export interface Assigned extends Lane {
  readonly quantity: number;
}

interface Edge {
  readonly from: number;
  readonly to: number;
  left: number;
  readonly cost: number;
}

const SOURCE = 0;
const SINK = 1;

/**
 * Gives as much as can be given over the lanes, and among all ways to do so takes the one of the least cost: a flow of
 * least cost, found by augmenting along cheapest paths. Equal inputs give equal answers.
 * @returns what goes over which lane, in the order of `lanes`, without empty ones
 */
export function assign(
  pools: readonly Pool[],
  givers: readonly Giver[],
  takers: readonly Taker[],
  lanes: readonly Lane[],
): Assigned[] {
  const network = new Network();
  const poolNodes = nodesOf(network, pools);
  const giverNodes = nodesOf(network, givers);
  const takerNodes = nodesOf(network, takers);
  for (const { id, quantity } of pools) network.connect(SOURCE, poolNodes(id), quantity, 0);
  for (const { id, poolId, quantity } of givers) network.connect(poolNodes(poolId), giverNodes(id), quantity, 0);
  const edges = lanes.map(({ giverId, takerId, cost }) =>
    network.connect(giverNodes(giverId), takerNodes(takerId), Number.MAX_SAFE_INTEGER, cost),
  );
  for (const { id, quantity } of takers) network.connect(takerNodes(id), SINK, quantity, 0);
  while (network.augment());
  return lanes
    .map((lane, index) => ({ ...lane, quantity: network.flowOver(edges[index]) }))
    .filter(({ quantity }) => quantity > 0);
}

function nodesOf(network: Network, things: readonly { readonly id: string }[]): (id: string) => number {
  const nodes = new Map(things.map(({ id }) => [id, network.node()]));
  return (id) => {
    const node = nodes.get(id);
    if (node === undefined) throw new RangeError(`nothing is called ${id}`);
    return node;
  };
}

class Network {
  private nodes = 2;
  /** An edge and its way back stand side by side: at an even place and the odd one after it. */
  private readonly edges: Edge[] = [];
  private readonly out: number[][] = [[], []];

  node(): number {
    this.out.push([]);
    return this.nodes++;
  }

  connect(from: number, to: number, capacity: number, cost: number): number {
    const index = this.edges.length;
    this.edges.push({ from, to, left: capacity, cost }, { from: to, to: from, left: 0, cost: -cost });
    this.out[from].push(index);
    this.out[to].push(index + 1);
    return index;
  }

  flowOver(edge: number): number {
    return this.edges[edge + 1].left;
  }

  /** Sends as much as one cheapest path takes; false when there is none. */
  augment(): boolean {
    const arrivedBy = this.cheapestPath();
    if (arrivedBy[SINK] === -1) return false;
    const path: number[] = [];
    for (let node = SINK; node !== SOURCE; node = this.edges[arrivedBy[node]].from) path.push(arrivedBy[node]);
    const amount = Math.min(...path.map((edge) => this.edges[edge].left));
    for (const edge of path) {
      this.edges[edge].left -= amount;
      this.edges[edge ^ 1].left += amount;
    }
    return amount > 0;
  }

  /** Bellman and Ford with a queue: ways back have negative costs, so nothing simpler will do. */
  private cheapestPath(): number[] {
    const cost = Array<number>(this.nodes).fill(Number.POSITIVE_INFINITY);
    const arrivedBy = Array<number>(this.nodes).fill(-1);
    const queue = [SOURCE];
    const queued = new Set(queue);
    cost[SOURCE] = 0;
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      queued.delete(node);
      for (const index of this.out[node]) {
        const { to, left, cost: price } = this.edges[index];
        if (left === 0 || cost[node] + price >= cost[to]) continue;
        cost[to] = cost[node] + price;
        arrivedBy[to] = index;
        if (!queued.has(to)) queue.push(to);
        queued.add(to);
      }
    }
    return arrivedBy;
  }
}
