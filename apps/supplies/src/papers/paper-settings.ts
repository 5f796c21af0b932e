import { createRequire } from 'node:module';
import { z } from 'zod';

export const PAPER_SETTINGS = Symbol('supplies paper settings');

/** What papers take from the environment. */
export interface PaperSettings {
  /** A TrueType font with Chinese characters. */
  readonly fontFile: string;
}

const DEFAULT_FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const schema = z.object({ PAPER_FONT_FILE: z.string().optional() });

/** `PAPER_FONT_FILE` names another font than the one that comes with the product. */
export function readPaperSettings(environment: NodeJS.ProcessEnv): PaperSettings {
  const { PAPER_FONT_FILE: fontFile } = schema.parse(environment);
  return { fontFile: fontFile || createRequire(__filename).resolve(DEFAULT_FONT) };
}
