import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** How far the ledger is sealed. */
export class ChainStateResponse {
  /** 0 when nothing is sealed yet. */
  blocks!: number;
  /** Hash of the latest block. Kept elsewhere, it proves later that nothing before it was changed. */
  headHash!: string | null;
  sealedUntilSequence!: number;
  sealedAt!: string | null;
  /** Movements that are not sealed yet. */
  unsealed!: number;
}

/** A movement, and the block that seals it, for somebody who may not see the rest of the block. */
export class MovementProofResponse {
  movementId!: string;
  sequence!: number;
  /** The movement and its block as lines of an export, which the stand-alone verifier reads. */
  lines!: string[];
}

/** Which part of the chain to export. */
export class ChainExportQuery {
  /** The first block. */
  @ApiProperty({ type: 'integer', minimum: 1, default: 1, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  fromBlock: number = 1;

  /** Blocks of up to a thousand movements; the answer ends with the last one there is. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 20, default: 10, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  blocks: number = 10;
}
