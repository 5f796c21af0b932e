import { runService } from '@ledger/platform';
import { suppliesService } from './service';

void runService(suppliesService, process.argv.slice(2));
