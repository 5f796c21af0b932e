import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';

/** Which vehicles to list. */
export class VehiclesQuery extends PageQuery {
  /** Region code; the region and everything below it. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  region?: string;

  /** Code of a kind of vehicle. */
  @IsOptional()
  @MaxLength(6)
  @Matches(/^[A-Z]{3}-\d{2}$/)
  type?: string;

  /** `true`: only those that can be booked now; `false`: only the others. */
  @IsOptional()
  @IsIn(['true', 'false'])
  free?: 'true' | 'false';
}

/** Whether a vehicle can be asked. */
export class AvailabilityRequest {
  @IsBoolean()
  available!: boolean;

  /** Why not; required when not available. */
  @ValidateIf((request: AvailabilityRequest) => request.available === false || request.reason !== undefined)
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

/** The trip that a vehicle is promised to. */
export class VehicleCommitmentResponse {
  tripId!: string;
  state!: string;
  since!: string;
}

export class VehicleResponse {
  id!: string;
  plate!: string;
  typeCode!: string;
  typeNameZh!: string;
  typeNameEn!: string;
  carrierId!: string;
  carrierName!: string;
  sourcing!: 'own' | 'contract' | 'requisition';
  regionCode!: string;
  latitude!: number;
  longitude!: number;
  payloadKilograms!: number;
  volumeCubicCentimetres!: number;
  seats!: number;
  speedKmh!: number;
  carriesGoods!: boolean;
  driverName!: string;
  synthetic!: boolean;
  /** False when it was taken out of planning. */
  available!: boolean;
  unavailableReason!: string | null;
  commitment!: VehicleCommitmentResponse | null;
}

export class VehiclesResponse {
  items!: VehicleResponse[];
}

export class VehicleTypeResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  mode!: string;
  payloadKilograms!: number;
  volumeCubicCentimetres!: number;
  seats!: number;
  /** On a normal road. */
  speedKmh!: number;
  terrain!: string;
  loadingNeed!: string;
  driverLicence!: string;
  dangerousGoods!: string;
  tollRule!: string;
  /** Whether the figures are known or estimated. */
  capacityBasis!: string;
  /** Packed goods on roads. */
  carriesGoods!: boolean;
  /** Serves no village. */
  mainRoadsOnly!: boolean;
}

export class VehicleTypesResponse {
  items!: VehicleTypeResponse[];
}

export class CarrierResponse {
  id!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  sourcing!: 'own' | 'contract' | 'requisition';
  regionCode!: string;
  organisationId!: string;
  synthetic!: boolean;
}

export class CarriersResponse {
  items!: CarrierResponse[];
}
