import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { DomainError, TeamRequested, type Caller } from '@ledger/contracts';
import {
  Database,
  IdParam,
  Idempotency,
  type Identity,
  Outbox,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  newId,
} from '@ledger/platform';
import { NewNoteDto } from './notes.dto';
import { Rehearsal } from './rehearsal';

export interface Note {
  readonly id: string;
  readonly text: string;
}

@Controller('notes')
export class NotesController {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly outbox: Outbox,
    private readonly rehearsal: Rehearsal,
  ) {}

  @Post()
  @RequireAction('call-up.answer')
  create(@Body() body: NewNoteDto, @RequestIdentity() identity: Identity): Promise<Note> {
    return this.idempotency.once(identity, async (tx) => {
      const note = { id: newId(), text: body.text };
      await tx.execute('INSERT INTO notes (id, text) VALUES ($1, $2)', [note.id, note.text]);
      const event = { ...TeamRequested.example, allocationId: note.id };
      await this.outbox.add(tx, TeamRequested, event, causeOfRequest(identity, note.id));
      await this.rehearsal.play(tx);
      return note;
    });
  }

  @Get()
  @RequireAction('team.read')
  async list(@Query() page: PageQuery): Promise<{ items: Note[] }> {
    const items = await this.database.query<Note>('SELECT id, text FROM notes ORDER BY id LIMIT $1 OFFSET $2', [
      page.limit,
      page.offset,
    ]);
    return { items };
  }

  @Get('whoami')
  @RequireAction('identity.read-own')
  whoAmI(@RequestCaller() caller: Caller): Caller {
    return caller;
  }

  @Get(':id')
  @RequireAction('team.read')
  async one(@Param() { id }: IdParam): Promise<Note> {
    const [note] = await this.database.query<Note>('SELECT id, text FROM notes WHERE id = $1', [id]);
    if (!note) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    return note;
  }
}
