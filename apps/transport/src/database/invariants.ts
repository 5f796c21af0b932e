import type { Invariant } from '@ledger/contracts';

/** What the rows of the transport service must keep at all times. */
export const invariants: readonly Invariant[] = [
  {
    id: 'transport.vehicle-promised-once',
    title: 'No two bookings of a vehicle overlap',
    sql: `SELECT a.vehicle_id, a.trip_id, b.trip_id AS other_trip_id FROM bookings a
          JOIN bookings b ON b.vehicle_id = a.vehicle_id AND b.trip_id > a.trip_id AND b.during && a.during`,
  },
  {
    id: 'transport.open-trip-is-booked',
    title: 'A trip holds its vehicle exactly until it ends',
    sql: `SELECT t.id, t.state FROM trips t LEFT JOIN bookings b ON b.trip_id = t.id AND b.vehicle_id = t.vehicle_id
          WHERE b.trip_id IS NULL OR (t.ended_at IS NULL) <> upper_inf(b.during)`,
  },
  {
    id: 'transport.released-assignment-holds-nothing',
    title: 'An assignment that was refused or released has no trip that waits for its departure',
    sql: `SELECT a.id, t.id AS trip_id, t.state FROM assignments a JOIN trips t ON t.assignment_id = a.id
          WHERE a.state <> 'booked' AND t.state IN ('assigned', 'loaded')`,
  },
  {
    id: 'transport.booked-assignment-has-trips',
    title: 'A booked assignment has trips, all of its own allocation; a refused one has none',
    sql: `SELECT a.id, a.state FROM assignments a LEFT JOIN trips t ON t.assignment_id = a.id
          GROUP BY a.id, a.state, a.allocation_id
          HAVING (a.state = 'booked' AND count(t.id) = 0) OR (a.state = 'refused' AND count(t.id) > 0)
              OR count(t.id) FILTER (WHERE t.allocation_id <> a.allocation_id) > 0`,
  },
  {
    id: 'transport.waiting-trip-has-a-deadline',
    title: 'A vehicle that waits to be loaded has a deadline, unless others of its assignment are in use',
    sql: `SELECT a.id FROM assignments a WHERE a.state = 'booked'
            AND NOT EXISTS (SELECT 1 FROM trips t WHERE t.assignment_id = a.id AND t.state <> 'assigned')
            AND NOT EXISTS (SELECT 1 FROM deadlines d WHERE d.kind = 'assignment-hold' AND d.subject_id = a.id)`,
  },
  {
    id: 'transport.load-fits-vehicle',
    title: 'No trip carries more than its vehicle can',
    sql: `SELECT t.id FROM trips t JOIN vehicles v ON v.id = t.vehicle_id JOIN vehicle_types y ON y.code = v.type_code
          JOIN trip_loads l ON l.trip_id = t.id GROUP BY t.id, y.payload_kilograms, y.volume_cubic_centimetres
          HAVING sum(l.quantity_base * l.weight_grams) > y.payload_kilograms * 1000::bigint
              OR sum(l.quantity_base * l.volume_cubic_centimetres) > y.volume_cubic_centimetres`,
  },
  {
    id: 'transport.delivered-load-is-accounted-for',
    title: 'Every piece of a delivered trip is received, damaged, lost or missing',
    sql: `SELECT t.id, l.line_id FROM trips t JOIN trip_loads l ON l.trip_id = t.id
          WHERE t.delivered_at IS NOT NULL AND l.loaded_base > 0
            AND l.received_base + l.damaged_base + l.lost_base + l.missing_base IS DISTINCT FROM l.loaded_base`,
  },
  {
    id: 'transport.pass-ends-with-trip',
    title: 'Every trip has a pass, and the pass of an ended trip is void',
    sql: `SELECT t.id FROM trips t LEFT JOIN passes p ON p.trip_id = t.id
          WHERE p.number IS NULL OR (t.ended_at IS NOT NULL AND p.revoked_at IS NULL)`,
  },
];
