/**
 * SQL condition: equipment of a lot in a depot is held, because it failed a test or was not tested in time. What is
 * promised already stays promised, but it does not leave while this is true.
 * @param depotId  a column or parameter, as `lotId`
 */
export const isHeldForTest = (depotId: string, lotId: string): string => `
  EXISTS (SELECT 1 FROM equipment_test_orders AS hold WHERE hold.depot_id = ${depotId} AND hold.lot_id = ${lotId}
            AND hold.state IN ('held', 'repair'))`;
