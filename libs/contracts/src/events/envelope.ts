import { z } from 'zod';
import { REALMS } from '../roles';

/**
 * CloudEvents 1.0 in structured JSON with the extensions this product uses. `sequence` counts the events of one
 * aggregate (`partitionkey`) from 1 without gaps; `correlationid` is the allocation or incident, `causationid` the
 * event or request that led to this one.
 */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().regex(/^\/(gateway|supplies|teams|transport)$/),
  type: z
    .string()
    .regex(/^[a-z]+\.[a-z-]+\.v\d+$/)
    .max(100),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  subject: z.string().min(1).max(200),
  partitionkey: z.string().min(1).max(200),
  sequence: z.int().positive(),
  correlationid: z.string().min(1).max(200),
  causationid: z.string().min(1).max(200),
  realm: z.enum(REALMS),
  data: z.unknown(),
});

export type RawEnvelope = z.infer<typeof envelopeSchema>;
export type EventEnvelope<Data> = Omit<RawEnvelope, 'data'> & { readonly data: Data };

export const EVENT_CONTENT_TYPE = 'application/cloudevents+json';
/** A larger message is refused by the outbox and parked by a consumer. */
export const MAX_EVENT_BYTES = 900_000;
