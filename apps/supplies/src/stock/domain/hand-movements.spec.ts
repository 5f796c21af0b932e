import { depotAccount } from '@ledger/contracts';
import { HAND_KINDS, handPostings, type HandMovement, type KnownLot } from './hand-movements';
import { uuid } from './testing/builders';

const TODAY = '2026-07-01';
const DEPOT = uuid(100);
const available = depotAccount(DEPOT, 'available');
const quarantine = depotAccount(DEPOT, 'quarantine');

const aLot = (overrides: Partial<KnownLot> = {}): KnownLot => ({
  id: uuid(1),
  itemCode: 'LRS-015',
  origin: 'purchase',
  serialNumber: null,
  isJoint: false,
  expiryDate: null,
  quality: 'good',
  purposeBound: false,
  ...overrides,
});
const decide = (movement: Partial<HandMovement>, lot: KnownLot = aLot()) =>
  handPostings(
    { kind: 'use', depotId: DEPOT, lines: [{ lotId: lot.id, quantityBase: 3 }], note: 'why', ...movement },
    new Map([[lot.id, lot]]),
    TODAY,
  ).map(({ from, to, quantityBase }) => [from, to, quantityBase]);
const refused = (code: string) => expect.objectContaining({ code }) as Error;

it.each([
  ['receipt', aLot(), ['supplier', available, 3]],
  ['receipt', aLot({ origin: 'donation' }), ['donor', available, 3]],
  ['receipt', aLot({ quality: 'held' }), ['supplier', quarantine, 3]],
  ['receipt', aLot({ expiryDate: '2026-06-30' }), ['supplier', quarantine, 3]],
  ['use', aLot({ expiryDate: TODAY }), [available, 'consumed', 3]],
  ['quarantine', aLot({ expiryDate: '2026-06-30' }), [available, quarantine, 3]],
] as const)('%s of %o goes %o', (kind, lot, posting) => {
  expect(decide({ kind }, lot)).toEqual([posting]);
});

it.each([
  ['expired', { expiryDate: '2026-06-30' }],
  ['held', { quality: 'held' }],
  ['recalled', { quality: 'recalled' }],
] as const)('what is %s is not used', (_what, fault) => {
  expect(() => decide({ kind: 'use' }, aLot(fault))).toThrow(refused('SUPPLIES_LOT_NOT_ISSUABLE'));
});

it('what was given for a purpose is not used up, and may still be put aside', () => {
  const bound = aLot({ origin: 'donation', purposeBound: true });
  expect(() => decide({ kind: 'use' }, bound)).toThrow(refused('SUPPLIES_DONATION_PURPOSE_BREACH'));
  expect(decide({ kind: 'quarantine' }, bound)).toEqual([[available, quarantine, 3]]);
});

it('what is held jointly is drawn, not used', () => {
  expect(() => decide({ kind: 'use' }, aLot({ isJoint: true }))).toThrow(refused('SUPPLIES_JOINT_DRAW_NEEDED'));
});

it.each([
  ['a numbered piece', { serialNumber: 'SN-1' }],
  ['a lot that was given for a purpose', { origin: 'donation', purposeBound: true }],
  ['a lot that was found by a count', { origin: 'found' }],
  ['a kit', { origin: 'kit' }],
] as const)('%s is not received again', (_what, overrides) => {
  expect(() => decide({ kind: 'receipt' }, aLot(overrides))).toThrow(refused('SUPPLIES_LOT_NOT_RECEIVABLE'));
});

it('a lot that the caller does not see is not found', () => {
  expect(() => decide({ lines: [{ lotId: uuid(2), quantityBase: 1 }] })).toThrow(refused('SUPPLIES_LOT_NOT_FOUND'));
});

it('a lot stands in a request once, however its id is written', () => {
  const id = 'aaaaaaaa-0000-4000-8000-000000000001';
  const lines = [id, id.toUpperCase()].map((lotId) => ({ lotId, quantityBase: 1 }));
  expect(() => decide({ lines }, aLot({ id }))).toThrow(refused('REQUEST_INVALID'));
});

it('only putting aside needs a reason', () => {
  const explained = HAND_KINDS.filter((kind) => {
    try {
      return decide({ kind, note: undefined }).length !== 1;
    } catch {
      return true;
    }
  });
  expect(explained).toEqual(['quarantine']);
});
