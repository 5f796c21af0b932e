import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server close as soon as the answers in hand are given: each of them is the last one on its connection, and
 * connections without a request are ended. The server's own close would wait for a browser that has only opened one.
 */
export function endConnectionsOnClose(fastify: FastifyInstance): void {
  const unasked = new Set<Socket>();
  let isClosing = false;
  fastify.server.on('connection', (socket: Socket) => {
    if (isClosing) return socket.destroy();
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
    return undefined;
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    unasked.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) unasked.add(socket);
    });
  });
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of unasked) socket.destroy();
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done();
  });
}
