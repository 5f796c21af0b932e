import type { OrganisationKind } from '@ledger/contracts';
import { tableOf, type Table } from './csv';
import { englishName } from './english-names';
import { HEQU } from './places';
import type { Reference } from './reference';
import { stableId } from './stable-id';

export interface Organisation {
  readonly id: string;
  /** `<region code>-<kind>`, with a number where a region has several of the kind. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: OrganisationKind;
  readonly regionCode: string;
}

/** How the public bodies of a kind are called. */
const PUBLIC_BODIES: Readonly<Partial<Record<OrganisationKind, readonly [zh: string, en: string]>>> = {
  emergency: ['应急管理局', 'emergency bureau'],
  government: ['人民政府', 'government'],
  water: ['水利局', 'water bureau'],
  forestry: ['林业局', 'forestry bureau'],
  fire: ['消防救援机构', 'fire and rescue service'],
  health: ['卫生健康局', 'health bureau'],
  transport: ['交通运输局', 'transport bureau'],
  'public-security': ['公安局', 'public security bureau'],
  'armed-forces': ['人民武装部', 'armed forces department'],
  charity: ['红十字会', 'Red Cross'],
};

const KINDS_BY_REGION: Readonly<Record<string, readonly OrganisationKind[]>> = {
  '1409': ['emergency', 'water', 'fire', 'health', 'transport', 'armed-forces'],
  '140930': [
    'emergency',
    'government',
    'water',
    'forestry',
    'fire',
    'health',
    'transport',
    'public-security',
    'armed-forces',
    'charity',
  ],
  '140931': ['emergency', 'fire'],
  '140932': ['emergency', 'water'],
  '610822': ['emergency', 'armed-forces'],
  '150622': ['emergency'],
};

type Named = Pick<Organisation, 'code' | 'nameZh' | 'nameEn' | 'kind'>;

/** Invented firms and associations: none of them exists. */
const PRIVATE_BODIES: readonly Named[] = [
  {
    code: '140930-enterprise-1',
    nameZh: '河曲演示煤电公司',
    nameEn: 'Hequ coal and power company',
    kind: 'enterprise',
  },
  { code: '140930-enterprise-2', nameZh: '河曲演示物流公司', nameEn: 'Hequ logistics company', kind: 'enterprise' },
  { code: '140930-enterprise-3', nameZh: '河曲演示客运公司', nameEn: 'Hequ coach company', kind: 'enterprise' },
  { code: '140930-enterprise-4', nameZh: '河曲演示快递公司', nameEn: 'Hequ express company', kind: 'enterprise' },
  {
    code: '140930-enterprise-5',
    nameZh: '河曲演示危货运输公司',
    nameEn: 'Hequ dangerous-goods haulier',
    kind: 'enterprise',
  },
  {
    code: '140930-enterprise-6',
    nameZh: '河曲演示农机合作社',
    nameEn: 'Hequ farm machine cooperative',
    kind: 'enterprise',
  },
  {
    code: '140930-enterprise-7',
    nameZh: '河曲演示燃气供热公司',
    nameEn: 'Hequ gas and heating company',
    kind: 'enterprise',
  },
  {
    code: '140930-enterprise-8',
    nameZh: '河曲演示帐篷厂',
    nameEn: 'Hequ tent works',
    kind: 'enterprise',
  },
  { code: '140930-enterprise-9', nameZh: '河曲演示商贸公司', nameEn: 'Hequ trading company', kind: 'enterprise' },
  { code: '140930-charity-2', nameZh: '河曲演示志愿者协会', nameEn: 'Hequ volunteer association', kind: 'charity' },
  { code: '1409-enterprise-1', nameZh: '忻州演示物流公司', nameEn: 'Xinzhou logistics company', kind: 'enterprise' },
  {
    code: '1409-charity-1',
    nameZh: '忻州演示山地救援协会',
    nameEn: 'Xinzhou mountain rescue association',
    kind: 'charity',
  },
  { code: '140931-enterprise-1', nameZh: '保德演示煤业公司', nameEn: 'Baode coal company', kind: 'enterprise' },
  { code: '610822-enterprise-1', nameZh: '府谷演示物流公司', nameEn: 'Fugu logistics company', kind: 'enterprise' },
  { code: '150622-enterprise-1', nameZh: '准格尔演示运输公司', nameEn: 'Jungar transport company', kind: 'enterprise' },
];

/** Public bodies of the listed regions, a government for each township of Hequ, and the invented private bodies. */
export function planOrganisations(reference: Reference): Organisation[] {
  const nameOf = new Map(reference.regions.map((region) => [region.code, region.shortName]));
  const publicBody = (regionCode: string, kind: OrganisationKind): Organisation => {
    const [zh, en] = PUBLIC_BODIES[kind] ?? [kind, kind];
    return identified(regionCode, {
      code: `${regionCode}-${kind}`,
      nameZh: `${nameOf.get(regionCode)}${zh}`,
      nameEn: `${englishName(regionCode)} ${en}`,
      kind,
    });
  };
  const townships = reference.regions.filter((region) => region.parentCode === HEQU);
  return [
    ...Object.entries(KINDS_BY_REGION).flatMap(([region, kinds]) => kinds.map((kind) => publicBody(region, kind))),
    ...townships.map((township) => publicBody(township.code, 'government')),
    ...PRIVATE_BODIES.map((body) => identified(body.code.split('-')[0], body)),
  ];
}

/** The id of the organisation with this code, by name alone; the specification checks that the row exists. */
export const organisationId = (code: string): string => stableId('organisation', code);

export function organisationTable(organisations: readonly Organisation[]): Table {
  return tableOf(
    'gateway/organisations.csv',
    ['id', 'code', 'name_zh', 'name_en', 'kind', 'region_code', 'synthetic'],
    organisations.map((organisation) => ({
      id: organisation.id,
      code: organisation.code,
      name_zh: organisation.nameZh,
      name_en: organisation.nameEn,
      kind: organisation.kind,
      region_code: organisation.regionCode,
      synthetic: 'y',
    })),
  );
}

const identified = (regionCode: string, body: Named): Organisation => ({
  ...body,
  id: organisationId(body.code),
  nameZh: `${body.nameZh}（演示）`,
  nameEn: `${body.nameEn} (demonstration)`,
  regionCode,
});
