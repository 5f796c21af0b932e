import { formatOf } from './file-format';

const code = (head: Buffer): unknown => {
  try {
    return formatOf(head);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

it.each<[string, Buffer, string]>([
  ['a workbook', Buffer.from('PK\u0003\u0004rest'), 'xlsx'],
  ['a text', Buffer.from('仓库,数量\n'), 'csv'],
  ['nothing', Buffer.of(), 'SUPPLIES_IMPORT_EMPTY'],
  ['an old or locked workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
  ['a PDF', Buffer.from('%PDF-1.7'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
  ['a web page called .xls', Buffer.from('\n<html><table>'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
  ['XML', Buffer.from('<?xml version="1.0"?>'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
])('%s', (_what, head, expected) => {
  expect(code(head)).toBe(expected);
});
