import { Module } from '@nestjs/common';
import { TOPICS } from '@ledger/contracts';
import type { ServiceDefinition } from '@ledger/platform';
import { CreateSample1763800900000 } from './1763800900000-create-sample';
import { CallUpsConsumer } from './call-ups.consumer';
import { NotesController } from './notes.controller';
import { Rehearsal } from './rehearsal';
import { EffectRow, NoteRow } from './sample.entities';

@Module({ controllers: [NotesController, CallUpsConsumer], providers: [Rehearsal] })
class SampleModule {}

/** The smallest service there can be: one resource, one consumer, two tables. It only shows what the platform does. */
export const sampleService: ServiceDefinition = {
  name: 'teams',
  title: 'Sample',
  module: SampleModule,
  entities: [NoteRow, EffectRow],
  migrations: [CreateSample1763800900000],
  subscribes: [TOPICS.dispatchCommands],
  seed: () => Promise.resolve(),
};
