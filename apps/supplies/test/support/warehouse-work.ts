import { randomUUID } from 'node:crypto';
import type { TestAnswer, TestCaller, TestService } from '@ledger/testing';
import type { QualityChangeResponse } from '../../src/warehouse/dto/lot-quality.dto';
import type { RecordReceiptResponse } from '../../src/stock/dto/receipt.dto';
import { KEEPER, STOCK_MANAGER, TENT, type Problem, type TestDepot } from './world';

/** A second stock manager, for what takes two. */
export const SECOND_MANAGER: TestCaller = {
  roles: ['stock-manager'],
  userId: randomUUID(),
  displayName: 'Second manager',
};
export const SECOND_KEEPER: TestCaller = { roles: ['keeper'], userId: randomUUID(), displayName: 'Second keeper' };

export const postTo = <Answer extends object>(
  service: TestService,
  path: string,
  body: object,
  as: TestCaller,
): Promise<TestAnswer<Answer & Problem>> =>
  service.request<Answer & Problem>('POST', `/api/v1/supplies/${path}`, { as, body });

export const getFrom = <Answer extends object>(
  service: TestService,
  path: string,
  as: TestCaller = STOCK_MANAGER,
): Promise<TestAnswer<Answer & Problem>> =>
  service.request<Answer & Problem>('GET', `/api/v1/supplies/${path}`, { as });

export const aLine = (overrides: object = {}): Record<string, unknown> => ({
  itemCode: TENT,
  batchNumber: `B-${randomUUID()}`,
  quantityBase: 10,
  ...overrides,
});

/** Receives lines that have to be inspected. */
export const receiveToInspect = (
  service: TestService,
  depot: TestDepot,
  lines: readonly object[] = [aLine()],
  as: TestCaller = KEEPER,
) =>
  postTo<RecordReceiptResponse>(
    service,
    'receipts',
    { depotId: depot.id, origin: 'purchase', toInspect: true, lines },
    as,
  );

export interface InspectionAnswer {
  readonly inspectionId: string;
  readonly state: string;
  readonly movementId: string | null;
}

/** Records what an inspection found. */
export const inspect = (
  service: TestService,
  inspectionId: string | null,
  acceptedBase: number,
  rejectedBase: number,
  as: TestCaller = KEEPER,
) =>
  postTo<InspectionAnswer>(
    service,
    `inspections/${inspectionId}/result`,
    { acceptedBase, rejectedBase, ...(rejectedBase > 0 ? { rejectionReason: 'torn seams' } : {}) },
    as,
  );

export interface ScrapAnswer {
  readonly proposalId: string;
  readonly state: string;
  readonly movementId: string | null;
}

export const aScrap = (depot: TestDepot, lotId: string, overrides: object = {}): Record<string, unknown> => ({
  depotId: depot.id,
  lotId,
  quantityBase: 4,
  from: 'available',
  reason: 'damaged',
  residualValueFen: 5_000,
  appraisers: ['张工', '李工'],
  appraisalMethod: 'looked at by two',
  documentNumber: 'BF-2026-3',
  ...overrides,
});

export const propose = (
  service: TestService,
  depot: TestDepot,
  lotId: string,
  overrides: object = {},
  as: TestCaller = KEEPER,
) => postTo<ScrapAnswer>(service, 'scrap-proposals', aScrap(depot, lotId, overrides), as);

export const decide = (
  service: TestService,
  proposalId: string,
  decision: 'approve' | 'reject',
  as: TestCaller = STOCK_MANAGER,
) => postTo<ScrapAnswer>(service, `scrap-proposals/${proposalId}/decision`, { decision, note: 'seen' }, as);

export const hold = (service: TestService, lotId: string, as: TestCaller = STOCK_MANAGER, more: object = {}) =>
  postTo<QualityChangeResponse>(service, `lots/${lotId}/hold`, { reason: 'smells odd', ...more }, as);

export const release = (service: TestService, lotId: string, as: TestCaller = STOCK_MANAGER) =>
  postTo<QualityChangeResponse>(service, `lots/${lotId}/release`, { reason: 'the laboratory found nothing' }, as);

export const recall = (service: TestService, lotId: string, as: TestCaller = STOCK_MANAGER, more: object = {}) =>
  postTo<QualityChangeResponse>(
    service,
    `lots/${lotId}/recall`,
    { reason: 'mould', noticeNumber: 'R-17', noticeSource: 'the producer', ...more },
    as,
  );
