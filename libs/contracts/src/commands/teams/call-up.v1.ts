import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../../events/define-event';
import { id, site, typeCode } from '../../events/shapes';

/** Asks teams to find and call up one team of a kind, local first. */
export const CallUp = defineEvent({
  type: 'teams.call-up.v1',
  topic: TOPICS.dispatchCommands,
  summary: 'Asks teams to find and call up one team of a kind, local first.',
  schema: z.object({
    allocationId: id,
    incidentId: id,
    lineId: id,
    callUpId: id,
    typeCode: typeCode,
    site: site,
    answerSeconds: z.int().positive().max(86400),
  }),
  keyOf: (data) => data.allocationId,
  example: {
    allocationId: '0197f0c0-0000-7000-8000-00000000a110',
    incidentId: '0197f0c0-0000-7000-8000-00000000c1d0',
    lineId: '0197f0c0-0000-7000-8000-00000000a11e',
    callUpId: '0197f0c0-0000-7000-8000-00000000ca11',
    typeCode: 'FLD-01',
    site: {
      siteId: '0197f0c0-0000-7000-8000-00000000517e',
      name: '楼子营村安置点',
      regionCode: '140930101200',
      latitude: 39.42,
      longitude: 111.22,
    },
    answerSeconds: 900,
  },
});
export type CallUp = EventData<typeof CallUp>;
