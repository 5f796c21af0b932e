import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A place where goods are handed over, as the gateway's commands describe it. */
@Entity('sites')
@Check('ck_sites_region_code', `region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`)
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
