import { sizeOf, type LoadLine } from './load';

const GRAMS_PER_KILOGRAM = 1_000;
const CUBIC_CENTIMETRES_PER_CUBIC_METRE = 1_000_000;

/**
 * One sentence for a person: why goods stay where they are.
 * @param left    lines of which no vehicle takes even one piece; not empty
 * @param usable  how many free vehicles for goods are in reach
 */
export function goodsRefusal(originName: string, left: readonly LoadLine[], usable: number): string {
  if (usable === 0) return `${sizeText(left)} wait at ${originName}, and no free vehicle for goods is in reach`;
  const [tooLarge] = left;
  const piece = sizeText([{ ...tooLarge, quantityBase: 1 }]);
  return `one piece of ${tooLarge.itemCode} at ${originName} (${piece}) fits into none of the ${usable} free vehicles in reach`;
}

export function vehicleLineRefusal(
  typeCode: string,
  count: { readonly missing: number; readonly free: number },
): string {
  return `${count.missing} vehicles of kind ${typeCode} are still needed, ${count.free} are free and in reach`;
}

function sizeText(lines: readonly LoadLine[]): string {
  const size = sizeOf(lines);
  const kilograms = Math.ceil(size.weightGrams / GRAMS_PER_KILOGRAM);
  const cubicMetres = (size.volumeCubicCentimetres / CUBIC_CENTIMETRES_PER_CUBIC_METRE).toFixed(2);
  return `${kilograms} kg and ${cubicMetres} m³`;
}
