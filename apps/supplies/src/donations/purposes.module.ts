import { Module } from '@nestjs/common';
import { DonationPurposes } from './purposes.repository';

/** What donated goods are for, by itself, because everything that lets goods go has to ask. */
@Module({ providers: [DonationPurposes], exports: [DonationPurposes] })
export class DonationPurposesModule {}
