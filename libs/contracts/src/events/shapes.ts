import { z } from 'zod';
import { REGION_CODE_PATTERN } from '../regions';

/** Shapes that several events share. Quantities are whole counts of the item's base unit. */
export const id = z.uuid();
export const itemCode = z.string().regex(/^[A-Z]{3}-\d{3}$/);
export const typeCode = z.string().regex(/^[A-Z]{3}-\d{2}$/);
export const regionCode = z.string().regex(REGION_CODE_PATTERN, 'not a region code');
export const tier = z.enum(['province', 'city', 'county', 'township', 'village']);
export const isoDate = z.iso.date();
export const isoTime = z.iso.datetime();
export const name = z.string().min(1).max(200);
export const reason = z.string().min(1).max(500);
export const MAX_QUANTITY_BASE = 1_000_000_000;
export const quantityBase = z.int().positive().max(MAX_QUANTITY_BASE);
export const countBase = z.int().nonnegative().max(MAX_QUANTITY_BASE);
export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);

/** A place where goods are handed over and teams work. */
export const site = z.object({ siteId: id, name, regionCode, latitude, longitude });
export type Site = z.infer<typeof site>;

/** A quantity of one lot that left, or will leave, one depot for one allocation line. */
export const lotShare = z.object({ depotId: id, lotId: id, expiryDate: isoDate.nullable(), quantityBase });
