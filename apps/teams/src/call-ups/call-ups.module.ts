import { Module } from '@nestjs/common';
import { AnswerCallUp } from './answer-call-up';
import { AskNextTeam } from './ask-next-team';
import { CallUpTeam } from './call-up-team';
import { CallUpsConsumer } from './call-ups.consumer';
import { CallUpsController } from './call-ups.controller';
import { CallUpsQueries } from './call-ups.queries';
import { CallUpsRepository } from './call-ups.repository';
import { OpenForCaller } from './open-for-caller';
import { RecordProgress } from './record-progress';
import { StandDownCallUp } from './stand-down-call-up';
import { TurnDown } from './turn-down';

@Module({
  controllers: [CallUpsController, CallUpsConsumer],
  providers: [
    CallUpsRepository,
    CallUpsQueries,
    AskNextTeam,
    CallUpTeam,
    TurnDown,
    OpenForCaller,
    AnswerCallUp,
    RecordProgress,
    StandDownCallUp,
  ],
})
export class CallUpsModule {}
