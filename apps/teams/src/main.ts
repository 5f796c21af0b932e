import { runService } from '@ledger/platform';
import { teamsService } from './service';

void runService(teamsService, process.argv.slice(2));
