import { CreateCatalogue1763810000000 } from './migrations/1763810000000-create-catalogue';
import { CreateLedger1763810100000 } from './migrations/1763810100000-create-ledger';
import { CreateReservations1763810200000 } from './migrations/1763810200000-create-reservations';
import { CreateShipments1763810300000 } from './migrations/1763810300000-create-shipments';
import { CreateSiteRecords1763810400000 } from './migrations/1763810400000-create-site-records';
import { WidenLedger1763810500000 } from './migrations/1763810500000-widen-ledger';
import { PostMovements1763810600000 } from './migrations/1763810600000-post-movements';
import { WidenDepots1763811000000 } from './migrations/1763811000000-widen-depots';
import { WidenCatalogue1763811000100 } from './migrations/1763811000100-widen-catalogue';
import { CreateKits1763811000200 } from './migrations/1763811000200-create-kits';
import { GuardLots1763812000000 } from './migrations/1763812000000-guard-lots';
import { CreateWarehouse1763812000100 } from './migrations/1763812000100-create-warehouse';
import { CreateTransfers1763812000200 } from './migrations/1763812000200-create-transfers';
import { CreateCounts1763813000000 } from './migrations/1763813000000-create-counts';
import { CreateHouseholds1763813010000 } from './migrations/1763813010000-create-households';
import { CreateStandards1763814000000 } from './migrations/1763814000000-create-standards';
import { IndexReports1763814000100 } from './migrations/1763814000100-index-reports';
import { CreateReserveContracts1763815000000 } from './migrations/1763815000000-create-reserve-contracts';
import { CreateReserveCalls1763815010000 } from './migrations/1763815010000-create-reserve-calls';
import { CreateContractFeesAndCapacityList1763815020000 } from './migrations/1763815020000-create-contract-fees-and-capacity-list';
import { CreateRotation1763816000000 } from './migrations/1763816000000-create-rotation';
import { CreateEquipmentTests1763816010000 } from './migrations/1763816010000-create-equipment-tests';
import { CreateRotationSharing1763816020000 } from './migrations/1763816020000-create-rotation-sharing';
import { IndexLotLives1763816030000 } from './migrations/1763816030000-index-lot-lives';
import { JoinRotationAndTransfers1763816040000 } from './migrations/1763816040000-join-rotation-and-transfers';
import { CreateApprovals1763817000000 } from './migrations/1763817000000-create-approvals';
import { CreatePurchasing1763817010000 } from './migrations/1763817010000-create-purchasing';
import { CreateDonations1763817020000 } from './migrations/1763817020000-create-donations';
import { CreatePreAssessments1763817030000 } from './migrations/1763817030000-create-pre-assessments';
import { CreateImports1763818000000 } from './migrations/1763818000000-create-imports';
import { CreateChain1763820000000 } from './migrations/1763820000000-create-chain';
import { CreateSharing1763819000000 } from './migrations/1763819000000-create-sharing';
import { CreateJointReserves1763819010000 } from './migrations/1763819010000-create-joint-reserves';
import { PostImportsByDepot1763818000100 } from './migrations/1763818000100-post-imports-by-depot';

/** In the order in which they run; applied ones are never edited. */
export const SUPPLIES_MIGRATIONS = [
  CreateCatalogue1763810000000,
  CreateLedger1763810100000,
  CreateReservations1763810200000,
  CreateShipments1763810300000,
  CreateSiteRecords1763810400000,
  WidenLedger1763810500000,
  PostMovements1763810600000,
  WidenDepots1763811000000,
  WidenCatalogue1763811000100,
  CreateKits1763811000200,
  GuardLots1763812000000,
  CreateWarehouse1763812000100,
  CreateTransfers1763812000200,
  CreateCounts1763813000000,
  CreateHouseholds1763813010000,
  CreateStandards1763814000000,
  IndexReports1763814000100,
  CreateReserveContracts1763815000000,
  CreateReserveCalls1763815010000,
  CreateContractFeesAndCapacityList1763815020000,
  CreateRotation1763816000000,
  CreateEquipmentTests1763816010000,
  CreateRotationSharing1763816020000,
  IndexLotLives1763816030000,
  JoinRotationAndTransfers1763816040000,
  CreateApprovals1763817000000,
  CreatePurchasing1763817010000,
  CreateDonations1763817020000,
  CreatePreAssessments1763817030000,
  CreateImports1763818000000,
  CreateChain1763820000000,
  CreateSharing1763819000000,
  CreateJointReserves1763819010000,
  PostImportsByDepot1763818000100,
];
