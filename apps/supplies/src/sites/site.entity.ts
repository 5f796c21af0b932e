import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** A place where goods are handed over, as the gateway's commands describe it. */
@Entity('sites')
@Check('ck_sites_region_code', regionCodeCheck('region_code'))
export class SiteRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sites' })
  id!: string;
  @Column('text')
  name!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('uuid', { name: 'incident_id' })
  incidentId!: string;
}
