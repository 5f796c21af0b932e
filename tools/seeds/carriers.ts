import { tableOf, type Table } from './csv';
import { organisationId } from './organisations';
import { stableId } from './stable-id';

export interface Carrier {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** own: a public body's fleet; contract: under agreement; requisition: may be called in by law, paid afterwards. */
  readonly sourcing: 'own' | 'contract' | 'requisition';
  readonly organisationCode: string;
  /** How many vehicles of which transport type. */
  readonly fleet: Readonly<Record<string, number>>;
  /** Vehicles stand in the townships in turn, not at the seat. */
  readonly spreadOverTownships?: true;
}

/**
 * Fleets are estimates of ours. The large helicopter (AIR-01) is left out on purpose everywhere: the demonstration of
 * a plan for which no vehicle can be had asks for one.
 */
export const CARRIERS: readonly Carrier[] = [
  {
    code: 'C-HQ-01',
    nameZh: '河曲县应急运输队',
    nameEn: 'Hequ emergency transport team',
    sourcing: 'own',
    organisationCode: '140930-emergency',
    fleet: {
      'TRK-01': 6,
      'TRK-02': 4,
      'TRK-07': 6,
      'TRK-12': 2,
      'BUS-04': 2,
      'BUS-05': 1,
      'BUS-06': 1,
      'SPV-04': 1,
      'AIR-05': 2,
      'AIR-06': 1,
    },
  },
  {
    code: 'C-HQ-02',
    nameZh: '河曲县消防救援车队',
    nameEn: 'Hequ fire and rescue fleet',
    sourcing: 'own',
    organisationCode: '140930-fire',
    fleet: { 'SPV-01': 3, 'SPV-02': 1, 'SPV-03': 2, 'SPV-05': 1 },
  },
  {
    code: 'C-HQ-03',
    nameZh: '河曲县急救车队',
    nameEn: 'Hequ ambulance fleet',
    sourcing: 'own',
    organisationCode: '140930-health',
    fleet: { 'BUS-03': 4 },
  },
  {
    code: 'C-HQ-04',
    nameZh: '河曲演示物流车队',
    nameEn: 'Hequ logistics fleet',
    sourcing: 'contract',
    organisationCode: '140930-enterprise-2',
    fleet: { 'TRK-01': 5, 'TRK-02': 6, 'TRK-03': 4, 'TRK-04': 2, 'TRK-09': 2, 'TRK-14': 1 },
  },
  {
    code: 'C-HQ-05',
    nameZh: '河曲演示客运车队',
    nameEn: 'Hequ coach fleet',
    sourcing: 'contract',
    organisationCode: '140930-enterprise-3',
    fleet: { 'BUS-01': 4, 'BUS-02': 3 },
  },
  {
    code: 'C-HQ-06',
    nameZh: '河曲演示快递车队',
    nameEn: 'Hequ express fleet',
    sourcing: 'contract',
    organisationCode: '140930-enterprise-4',
    fleet: { 'TRK-13': 4, 'TRK-15': 3 },
  },
  {
    code: 'C-HQ-07',
    nameZh: '河曲演示危货车队',
    nameEn: 'Hequ dangerous-goods fleet',
    sourcing: 'contract',
    organisationCode: '140930-enterprise-5',
    fleet: { 'TRK-10': 2, 'TRK-11': 2 },
  },
  {
    code: 'C-HQ-08',
    nameZh: '河曲演示农机合作社运力',
    nameEn: 'Hequ farm cooperative vehicles',
    sourcing: 'requisition',
    organisationCode: '140930-enterprise-6',
    fleet: { 'TRK-08': 6, 'TRK-07': 3, 'OTH-01': 2, 'OTH-02': 2 },
    spreadOverTownships: true,
  },
  {
    code: 'C-HQ-09',
    nameZh: '河曲演示煤电工程车队',
    nameEn: 'Hequ coal and power plant fleet',
    sourcing: 'requisition',
    organisationCode: '140930-enterprise-1',
    fleet: { 'TRK-05': 2, 'TRK-06': 4, 'SPV-06': 2 },
  },
  {
    code: 'C-HQ-10',
    nameZh: '河曲县防汛船艇队',
    nameEn: 'Hequ flood boats',
    sourcing: 'own',
    organisationCode: '140930-water',
    fleet: { 'WTR-01': 3, 'WTR-02': 3, 'WTR-03': 1 },
  },
  {
    code: 'C-XZ-01',
    nameZh: '忻州演示物流车队',
    nameEn: 'Xinzhou logistics fleet',
    sourcing: 'contract',
    organisationCode: '1409-enterprise-1',
    fleet: { 'TRK-02': 2, 'TRK-03': 4, 'TRK-04': 2, 'BUS-01': 1 },
  },
  {
    code: 'C-BD-01',
    nameZh: '保德演示煤业车队',
    nameEn: 'Baode coal company fleet',
    sourcing: 'requisition',
    organisationCode: '140931-enterprise-1',
    fleet: { 'TRK-02': 1, 'TRK-06': 2 },
  },
  {
    code: 'C-FG-01',
    nameZh: '府谷演示物流车队',
    nameEn: 'Fugu logistics fleet',
    sourcing: 'contract',
    organisationCode: '610822-enterprise-1',
    fleet: { 'TRK-02': 2, 'TRK-03': 1 },
  },
  {
    code: 'C-ZG-01',
    nameZh: '准格尔演示运输车队',
    nameEn: 'Jungar transport fleet',
    sourcing: 'contract',
    organisationCode: '150622-enterprise-1',
    fleet: { 'TRK-03': 2 },
  },
];

/** The region of a carrier is its organisation's. */
export const carrierRegion = (carrier: Carrier): string => carrier.organisationCode.split('-')[0];

export function carrierTable(carriers: readonly Carrier[]): Table {
  return tableOf(
    'transport/carriers.csv',
    ['id', 'code', 'name_zh', 'name_en', 'sourcing', 'region_code', 'organisation_id', 'synthetic'],
    carriers.map((carrier) => ({
      id: stableId('carrier', carrier.code),
      code: carrier.code,
      name_zh: `${carrier.nameZh}（演示）`,
      name_en: `${carrier.nameEn} (demonstration)`,
      sourcing: carrier.sourcing,
      region_code: carrierRegion(carrier),
      organisation_id: organisationId(carrier.organisationCode),
      synthetic: 'y',
    })),
  );
}
