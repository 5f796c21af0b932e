import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

export class PlaceDto {
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;
}

export class NewNoteDto {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  text!: string;

  @IsInt()
  @Min(1)
  @Max(1_000)
  copies!: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  tags?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => PlaceDto)
  place?: PlaceDto;
}
