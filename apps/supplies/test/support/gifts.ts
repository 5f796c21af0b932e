import type { TestCaller, TestService } from '@ledger/testing';
import type { DonationReceiptLine, ReceiveDonationResponse } from '../../src/donations/dto/donation-goods.dto';
import type { DonationStepResponse } from '../../src/donations/dto/donation-intake.dto';
import type { DonationDetailResponse } from '../../src/donations/dto/donation.dto';
import type { TracedDonationResponse } from '../../src/donations/dto/public-donation.dto';
import { SECOND_MANAGER, done, get, post } from './purchases';
import { KEEPER, TENT, type Problem, type TestDepot } from './world';

export const DONOR = {
  ...{
    kind: 'person',
    anonymous: false,
    name: '李爱心',
    phone: '13812345678',
    address: '河曲县某街7号',
    publishName: false,
  },
};
/** What must never leave the people who deal with a donation. */
export const PERSONAL = ['李爱心', '13812345678', '某街7号'];

export const aGift = (depot: TestDepot, overrides: Record<string, unknown> = {}) => ({
  ...{ depotId: depot.id, donor: DONOR, purpose: { kind: 'undirected' } },
  lines: [{ itemCode: TENT, quantityBase: 20, valueFen: 100_000 }],
  ...overrides,
});

export const donationStep = <Body = DonationStepResponse>(
  service: TestService,
  donationId: string,
  name: string,
  body: unknown = {},
  as: TestCaller = KEEPER,
) => post<Body>(service, `donations/${donationId}/${name}`, body, as);

export const declare = (service: TestService, gift: unknown, as: TestCaller = KEEPER) =>
  post<DonationStepResponse>(service, 'donations', gift, as);

export const acceptAll = ({ lines }: Pick<DonationStepResponse, 'lines'>) => ({
  lines: lines.map(({ lineId }) => ({ lineId, accept: true })),
});

/** Declared, looked at and agreed to by a second person. */
export async function anAcceptedDonation(service: TestService, gift: unknown): Promise<DonationStepResponse> {
  const donation = await done(declare(service, gift));
  await done(donationStep(service, donation.donationId, 'inspection', acceptAll(donation)));
  await done(donationStep(service, donation.donationId, 'decision', { decision: 'approve' }, SECOND_MANAGER));
  return donation;
}

export const receiveGift = (
  service: TestService,
  { donationId, lines }: Pick<DonationStepResponse, 'donationId' | 'lines'>,
  overrides: Partial<DonationReceiptLine> = {},
) =>
  donationStep<ReceiveDonationResponse & Problem>(service, donationId, 'receipts', {
    lines: lines.map(({ lineId, declaredBase }) => ({ lineId, quantityBase: declaredBase, ...overrides })),
  });

export interface StoredGift extends DonationStepResponse {
  readonly lotId: string;
  readonly movementId: string;
}

/** … and in the store. */
export async function aStoredDonation(
  service: TestService,
  gift: unknown,
  batch: Partial<DonationReceiptLine> = {},
): Promise<StoredGift> {
  const donation = await anAcceptedDonation(service, gift);
  const { lots, movementId } = await done(receiveGift(service, donation, batch));
  return { ...donation, lotId: lots[0].lotId, movementId };
}

export const aDonation = (service: TestService, donationId: string, as: TestCaller = SECOND_MANAGER) =>
  done(get<DonationDetailResponse>(service, `donations/${donationId}`, as));

/** What anybody sees who holds the certificate: asked without a token. */
export async function tracePublicly(
  service: TestService,
  traceCode: string,
): Promise<{ status: number; text: string; body: TracedDonationResponse & Problem }> {
  const response = await fetch(`${service.url}/api/v1/supplies/public/donations/${traceCode}`);
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as TracedDonationResponse & Problem };
}

/** Every kind of row that a donation leaves: bound goods in the store, and a line that has not come. */
export async function aPartlyReceivedDonation(service: TestService, depot: TestDepot): Promise<void> {
  const lines = [1, 2].map((quantityBase) => ({ itemCode: TENT, quantityBase, valueFen: 0 }));
  const gift = aGift(depot, { lines, purpose: { kind: 'region', regionCode: '140930' } });
  const { donationId, lines: declared } = await anAcceptedDonation(service, gift);
  await done(receiveGift(service, { donationId, lines: [declared[0]] }));
}
