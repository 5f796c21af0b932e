import { runService } from '@ledger/platform';
import { gatewayService } from './service';

void runService(gatewayService, process.argv.slice(2));
