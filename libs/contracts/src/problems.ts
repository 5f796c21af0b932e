/**
 * All problem codes of all services with the HTTP status and the title they are answered with (RFC 9457).
 * A code is never renamed; a new one without an entry here does not exist.
 */
export const PROBLEMS = {
  // The edge of every service
  REQUEST_INVALID: { status: 400, title: 'The request does not have the form the route asks for' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request body is larger than this route accepts' },
  REQUEST_MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported' },
  REQUEST_METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed on this route' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is no such route' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'This route needs an Idempotency-Key header' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key was used before with other content' },
  AUTH_TOKEN_REQUIRED: { status: 401, title: 'An access token is required' },
  AUTH_TOKEN_INVALID: { status: 401, title: 'The access token is not valid' },
  AUTH_TOKEN_EXPIRED: { status: 401, title: 'The access token has expired' },
  AUTH_SIGN_IN_FAILED: { status: 401, title: 'The user name or the password is wrong' },
  AUTH_ROLE_MISSING: { status: 403, title: 'The role of the caller does not allow this' },
  AUTH_REGION_OUT_OF_SCOPE: { status: 403, title: 'The region lies outside the scope of the caller' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests; try again later' },
  SERVICE_UNAVAILABLE: { status: 503, title: 'The service cannot answer just now; try again later' },
  INTERNAL_FAULT: { status: 500, title: 'The service failed; the logs know more under this correlation id' },

  // Supplies
  SUPPLIES_ITEM_UNKNOWN: { status: 422, title: 'The catalogue has no such item' },
  SUPPLIES_ITEM_NOT_FOUND: { status: 404, title: 'There is no such item' },
  SUPPLIES_DEPOT_NOT_FOUND: { status: 404, title: 'There is no such depot in the scope of the caller' },
  SUPPLIES_LOT_NOT_FOUND: { status: 404, title: 'There is no such lot in the scope of the caller' },
  SUPPLIES_MOVEMENT_NOT_FOUND: { status: 404, title: 'There is no such movement in the scope of the caller' },
  SUPPLIES_RESERVATION_NOT_FOUND: { status: 404, title: 'There is no such reservation' },
  SUPPLIES_ISSUE_ORDER_NOT_FOUND: { status: 404, title: 'There is no such issue order in the scope of the caller' },
  SUPPLIES_SHIPMENT_NOT_FOUND: { status: 404, title: 'There is no such shipment in the scope of the caller' },
  SUPPLIES_SITE_NOT_FOUND: { status: 404, title: 'There is no such site in the scope of the caller' },
  SUPPLIES_DEMAND_NOT_COVERED: { status: 409, title: 'The sources cannot cover the quantity asked for' },
  SUPPLIES_FLOOR_REACHED: { status: 409, title: 'The depot would fall below its reserve standard' },
  SUPPLIES_QUANTITY_EXCEEDS_BALANCE: { status: 409, title: 'The account holds less than the quantity asked for' },
  SUPPLIES_LOT_NOT_ISSUABLE: { status: 409, title: 'The lot is expired, recalled or held and may not be issued' },
  SUPPLIES_DATES_INVALID: { status: 422, title: 'The dates of the lot contradict each other' },
  SUPPLIES_LOT_CONFLICT: { status: 409, title: 'A lot with this batch number has other dates or another item' },
  SUPPLIES_RESERVATION_RELEASED: { status: 409, title: 'The reservation was released before' },
  SUPPLIES_RESERVATION_CONFLICT: { status: 409, title: 'The reservation id was used before for something else' },
  SUPPLIES_RESERVATION_NOT_FIRM: { status: 409, title: 'The promise is not firm yet; its use order is not signed' },
  SUPPLIES_ISSUE_ORDER_CONFLICT: { status: 409, title: 'The shipment id was used before for other goods' },
  SUPPLIES_ISSUE_ALREADY_CONFIRMED: { status: 409, title: 'The issue order was confirmed before' },
  SUPPLIES_ISSUE_CANCELLED: { status: 409, title: 'The issue order was cancelled' },
  SUPPLIES_RETURN_EXCEEDS_DELIVERY: { status: 409, title: 'More would come back than was handed over' },
  SUPPLIES_ITEM_NOT_RECOVERABLE: { status: 422, title: 'The item is consumed by use and does not come back' },
  SUPPLIES_MOVEMENT_ALREADY_REVERSED: { status: 409, title: 'The movement was reversed before' },
  SUPPLIES_MOVEMENT_NOT_REVERSIBLE: { status: 409, title: 'A movement of this kind cannot be reversed' },
  SUPPLIES_LEDGER_CORRUPT: { status: 500, title: 'The ledger contradicts itself; the work was stopped' },

  // Teams
  TEAMS_TEAM_NOT_FOUND: { status: 404, title: 'There is no such team in the scope of the caller' },
  TEAMS_CALL_UP_NOT_FOUND: { status: 404, title: 'There is no such call-up in the scope of the caller' },
  TEAMS_TEAM_ALREADY_CALLED: { status: 409, title: 'The team is called up for something else' },
  TEAMS_NO_TEAM_LEFT: { status: 409, title: 'No further team can be asked' },
  TEAMS_CALL_UP_STOOD_DOWN: { status: 409, title: 'The call-up was stood down before' },
  TEAMS_TRANSITION_FORBIDDEN: { status: 409, title: 'The call-up cannot change to this state now' },

  // Transport
  TRANSPORT_VEHICLE_NOT_FOUND: { status: 404, title: 'There is no such vehicle in the scope of the caller' },
  TRANSPORT_TRIP_NOT_FOUND: { status: 404, title: 'There is no such trip in the scope of the caller' },
  TRANSPORT_NO_VEHICLE: { status: 409, title: 'No suitable vehicle can be had in time' },
  TRANSPORT_VEHICLE_BUSY: { status: 409, title: 'The vehicle is promised to another trip at that time' },
  TRANSPORT_TRANSITION_FORBIDDEN: { status: 409, title: 'The trip cannot change to this state now' },
  TRANSPORT_GOODS_NOT_LOADED: { status: 409, title: 'The keeper has not issued the goods of this trip' },
  TRANSPORT_DELIVERY_MISMATCH: { status: 422, title: 'Received, damaged and lost pieces do not match the load' },
  TRANSPORT_ASSIGNMENT_RELEASED: { status: 409, title: 'The assignment was released before' },

  // Gateway
  GATEWAY_UPSTREAM_UNAVAILABLE: { status: 503, title: 'The service behind this route cannot be reached just now' },
  GATEWAY_REGION_UNKNOWN: { status: 422, title: 'There is no such region' },
  GATEWAY_REGION_NOT_FOUND: { status: 404, title: 'There is no region with this code' },
  GATEWAY_INCIDENT_NOT_FOUND: { status: 404, title: 'There is no such incident in the scope of the caller' },
  GATEWAY_INCIDENT_CLOSED: { status: 409, title: 'The incident is closed' },
  GATEWAY_INCIDENT_TIME_INVALID: { status: 422, title: 'The time of the incident lies in the future' },
  GATEWAY_INCIDENT_SITES_FULL: { status: 409, title: 'The incident has as many sites as it may have' },
  GATEWAY_ALLOCATION_NOT_FOUND: { status: 404, title: 'There is no such allocation in the scope of the caller' },
  GATEWAY_ALLOCATION_NOT_COVERED: { status: 409, title: 'No source can give any part of what is asked for' },
  GATEWAY_TRANSITION_FORBIDDEN: { status: 409, title: 'The allocation cannot change to this state now' },
  GATEWAY_APPROVAL_BY_REQUESTER: { status: 403, title: 'Nobody approves a request of their own' },
  GATEWAY_APPROVAL_TIER_TOO_LOW: { status: 403, title: 'An approver of a higher tier has to sign this' },
  GATEWAY_ITEM_UNKNOWN: { status: 422, title: 'The catalogue has no such item' },

  // Messages
  EVENT_MALFORMED: { status: 422, title: 'The message is not a valid event' },
  EVENT_TYPE_UNKNOWN: { status: 422, title: 'No subscriber knows this type of event' },
  EVENT_OUT_OF_SEQUENCE: { status: 409, title: 'An event of this aggregate is missing or came twice in another order' },
  EVENT_BEHIND_PARKED: { status: 409, title: 'An earlier event of this aggregate is parked' },
  EVENT_HANDLER_FAULT: { status: 500, title: 'The subscriber failed on this event' },
  PARKED_EVENT_NOT_FOUND: { status: 404, title: 'There is no such parked event' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The `type` of a problem document. */
export const problemType = (code: ProblemCode): string =>
  `urn:emergency-ledger:problem:${code.toLowerCase().replaceAll('_', '-')}`;
