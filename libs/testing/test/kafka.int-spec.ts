import { connect } from 'node:net';
import { once } from 'node:events';
import { describeWithKafka, ownsKafka, startKafka } from '@ledger/testing';

async function canConnect(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describeWithKafka('a Kafka for tests', () => {
  it('accepts connections, and comes back on the same address after a kill', async () => {
    const broker = await startKafka();
    try {
      expect(await canConnect(broker.brokers[0])).toBe(true);
      expect(broker.owned).toBe(ownsKafka());
      if (!broker.owned) return;
      await broker.kill();
      expect(await canConnect(broker.brokers[0])).toBe(false);
      await broker.restart();
      expect(await canConnect(broker.brokers[0])).toBe(true);
    } finally {
      await broker.stop();
    }
  }, 120_000);
});
