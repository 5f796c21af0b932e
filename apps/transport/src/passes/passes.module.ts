import { Module } from '@nestjs/common';
import { IssuePass } from './issue-pass';
import { PassKeys } from './pass-keys';
import { PassesController } from './passes.controller';

@Module({ controllers: [PassesController], providers: [PassKeys, IssuePass], exports: [IssuePass] })
export class PassesModule {}
