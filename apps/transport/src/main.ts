import { runService } from '@ledger/platform';
import { transportService } from './service';

void runService(transportService, process.argv.slice(2));
