/** English names of the regions that carry demonstration rows: our own transliterations, not published ones. */
export const ENGLISH_NAMES: Readonly<Record<string, string>> = {
  '1409': 'Xinzhou city',
  '140930': 'Hequ county',
  '140931': 'Baode county',
  '140932': 'Pianguan county',
  '610822': 'Fugu county',
  '150622': 'Jungar banner',
  '140930100': 'Xikou town',
  '140930101': 'Louziying town',
  '140930102': 'Liujiata town',
  '140930103': 'Xunzhen town',
  '140930104': 'Jiuxian town',
  '140930105': 'Shaquan town',
  '140930200': 'Lugu township',
  '140930202': 'Danzhai township',
  '140930203': 'Tugou township',
  '140930205': 'Shaping township',
  '140930206': 'Sheliang township',
};

/** The English name, or `village <code>` for the villages, whose names are left in Chinese. */
export function englishName(regionCode: string): string {
  return ENGLISH_NAMES[regionCode] ?? `village ${regionCode}`;
}
