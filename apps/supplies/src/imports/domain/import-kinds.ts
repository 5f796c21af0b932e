/** What a column of a department's own sheet can mean. */
export const IMPORT_FIELDS = [
  'depot',
  'itemCode',
  'itemName',
  'quantity',
  'quantityIn',
  'quantityOut',
  'unit',
  'movement',
  'day',
  'batchNumber',
  'productionDate',
  'expiryDate',
  'origin',
  'document',
  'note',
  'code',
  'nameZh',
  'nameEn',
  'regionCode',
  'depotKind',
  'latitude',
  'longitude',
  'remote',
  'capacityCubicMetres',
  'shelterPlaces',
  'counterparty',
  'mode',
  'responseHours',
  'validFrom',
  'validTo',
  'serves',
  'unitPrice',
  'contactName',
  'contactPhone',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

interface KindOfImport {
  /** In the order in which they are shown and guessed. */
  readonly fields: readonly ImportField[];
  /** Of every group at least one field has to have a column or a fixed text. */
  readonly required: readonly (readonly ImportField[])[];
}

const GOODS = [
  'depot',
  'itemCode',
  'itemName',
  'quantity',
  'unit',
  'batchNumber',
  'productionDate',
  'expiryDate',
] as const;

/** What can be brought in from a sheet, and what a sheet of that kind may say. */
const KINDS = {
  'opening-stock': {
    fields: [...GOODS, 'origin', 'document', 'note'],
    required: [['depot'], ['itemCode', 'itemName'], ['quantity']],
  },
  movements: {
    fields: ['day', 'movement', ...GOODS, 'quantityIn', 'quantityOut', 'origin', 'document', 'note'],
    required: [
      ['depot'],
      ['itemCode', 'itemName'],
      ['quantity', 'quantityIn', 'quantityOut'],
      ['movement', 'quantityIn', 'quantityOut'],
      ['day'],
    ],
  },
  depots: {
    fields: [
      'code',
      'nameZh',
      'nameEn',
      'regionCode',
      'depotKind',
      'latitude',
      'longitude',
      'remote',
      'capacityCubicMetres',
      'shelterPlaces',
    ],
    required: [['code'], ['nameZh'], ['regionCode'], ['latitude'], ['longitude']],
  },
  'item-names': { fields: ['itemName', 'itemCode'], required: [['itemName'], ['itemCode']] },
  agreements: {
    fields: [
      ...['document', 'counterparty', 'mode', 'itemCode', 'itemName', 'quantity', 'unit', 'responseHours'],
      ...['validFrom', 'validTo', 'serves', 'unitPrice', 'contactName', 'contactPhone'],
    ],
    required: [
      ...[['document'], ['counterparty'], ['itemCode', 'itemName'], ['quantity'], ['responseHours']],
      ...[['validFrom'], ['validTo']],
    ],
  },
} as const satisfies Record<string, KindOfImport>;

export type ImportKind = keyof typeof KINDS;
export const IMPORT_KINDS = Object.keys(KINDS) as ImportKind[];

export const fieldsOf = (kind: ImportKind): readonly ImportField[] => KINDS[kind].fields;
export const requiredOf = (kind: ImportKind): readonly (readonly ImportField[])[] => KINDS[kind].required;

/** Kinds whose rows change the stock of depots. */
export const movesStock = (kind: ImportKind): boolean => kind === 'opening-stock' || kind === 'movements';
