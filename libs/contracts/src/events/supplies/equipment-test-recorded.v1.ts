import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { id, isoDate, itemCode } from '../shapes';

/** Equipment in a depot was tested; a failed test takes it out of the free stock until it has passed again. */
export const EquipmentTestRecorded = defineEvent({
  type: 'supplies.equipment-test-recorded.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'Equipment in a depot was tested; a failed test takes it out of the free stock until it has passed again.',
  schema: z.object({
    testId: id,
    depotId: id,
    lotId: id,
    itemCode,
    testKind: z.enum(['run-test', 'cylinder-test', 'set-check', 'calibrate', 'inspect', 'vehicle-check']),
    result: z.enum(['passed', 'remarks', 'failed']),
    testedOn: isoDate,
    /** null after a failed test: it has to be repaired and to pass first. */
    nextDueOn: isoDate.nullable(),
    /** The movement that took it out of the free stock, or put it back. */
    movementId: id.nullable(),
  }),
  keyOf: (data) => data.lotId,
  example: {
    testId: '0197f0c0-0000-7000-8000-00000000e9e7',
    depotId: '0197f0c0-0000-7000-8000-00000000de90',
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'FLD-017',
    testKind: 'run-test',
    result: 'passed',
    testedOn: '2026-07-01',
    nextDueOn: '2026-08-01',
    movementId: null,
  },
});
export type EquipmentTestRecorded = EventData<typeof EquipmentTestRecorded>;
