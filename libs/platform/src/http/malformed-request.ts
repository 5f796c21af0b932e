import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { newId } from '../database/new-id';
import { problemOf } from './problem';
import { CORRELATION_HEADER } from './request-context';

/** The router refuses what is no address, or has a part of endless length, before hooks and filters run. */
export function answerMalformedAddress(fault: Error, request: FastifyRequest, reply: FastifyReply): void {
  const [instance] = request.url.split('?');
  const problem = problemOf(fault, { instance, correlationId: request.id, code: 'REQUEST_INVALID' });
  void reply.header(CORRELATION_HEADER, request.id).status(problem.status).type('application/problem+json');
  void reply.send(JSON.stringify(problem));
}

/** What is no HTTP, or did not arrive in time, never becomes a request; the connection gets an answer and ends. */
export function answerMalformedRequest(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || socket.destroyed) return;
  const code = fault.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'REQUEST_TIMEOUT' : 'REQUEST_INVALID';
  const problem = problemOf(fault, { instance: '', correlationId: newId(), code });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(fault);
}
