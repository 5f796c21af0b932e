/** A team of the city, the county or a neighbour. */
export type TeamLine = readonly [typeCode: string, regionCode: string, organisationCode: string, strength: number];

/** Strengths are estimates of ours; only the kinds come from the plans. */
export const TEAM_LINES: readonly TeamLine[] = [
  ['CFR-01', '140930', '140930-fire', 38],
  ['CFR-01', '1409', '1409-fire', 120],
  ['CFR-01', '140931', '140931-fire', 30],
  ['CFR-02', '140930103', '140930103-government', 16],
  ['CFR-02', '140930105', '140930105-government', 12],
  ['CFR-03', '140930', '140930-enterprise-1', 18],
  ['CFR-04', '140930100002', '140930100-government', 6],
  ['CFR-04', '140930100004', '140930100-government', 6],
  ['CFR-05', '140930102', '140930102-government', 15],
  ['CFR-05', '140930104', '140930104-government', 15],
  ['PRO-01', '140930', '140930-forestry', 40],
  ['PRO-02', '140930', '140930-water', 45],
  ['PRO-02', '1409', '1409-water', 80],
  ['PRO-02', '140932', '140932-water', 30],
  ['PRO-02', '150622', '150622-emergency', 30],
  ['PRO-03', '140930', '140930-enterprise-1', 27],
  ['PRO-03', '140931', '140931-enterprise-1', 27],
  ['PRO-04', '1409', '1409-fire', 24],
  ['PRO-05', '1409', '1409-emergency', 50],
  ['PRO-07', '140930', '140930-enterprise-7', 12],
  ['PRO-08', '140930', '140930-enterprise-1', 20],
  ['PRO-09', '140930', '140930-emergency', 10],
  ['PRO-10', '140930', '140930-water', 15],
  ['PRO-11', '140930', '140930-enterprise-7', 12],
  ['PRO-12', '140930', '140930-transport', 35],
  ['PRO-13', '140930', '140930-health', 18],
  ['PRO-14', '140930', '140930-health', 14],
  ['PRO-15', '140930', '140930-enterprise-1', 25],
  ['PRO-17', '1409', '1409-emergency', 16],
  ['PRO-19', '140930', '140930-transport', 14],
  ['PRO-22', '140930', '140930-public-security', 12],
  ['MIL-01', '1409', '1409-armed-forces', 60],
  ['MIL-02', '140930', '140930-armed-forces', 60],
  ['MIL-02', '610822', '610822-armed-forces', 50],
  ['SOC-02', '1409', '1409-charity-1', 20],
  ['SOC-03', '140930', '140930-charity-2', 16],
  ['SOC-05', '140930', '140930-charity', 15],
  ['SOC-06', '140930', '140930-charity-2', 40],
  ['SOC-07', '140930', '140930-charity', 12],
  ['GRA-02', '140930', '140930-emergency', 20],
  ['GRA-05', '140930', '140930-emergency', 40],
  ['ENT-01', '140930', '140930-enterprise-1', 20],
  ['ENT-02', '140931', '140931-enterprise-1', 30],
  ['ENT-03', '140930', '140930-enterprise-1', 18],
];

/** Kinds of which every township, and some of the villages with a point, has one. */
export const TOWNSHIP_TEAM = { typeCode: 'GRA-01', strength: { low: 12, high: 26 } };
export const VILLAGE_TEAM = { typeCode: 'GRA-04', strength: { low: 5, high: 12 } };
export const VILLAGE_TEAMS = 8;
