import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatewayService } from '../apps/gateway/src/service';
import { suppliesService } from '../apps/supplies/src/service';
import { teamsService } from '../apps/teams/src/service';
import { transportService } from '../apps/transport/src/service';
import { eventDocuments, serviceDocuments, type DocumentSet } from './documents/document-set';
import { describeService } from './documents/service-document';
import { compareDocuments, writeDocuments } from './documents/write-documents';

const HELP = `Usage: node dist/tools/generate-docs.js [--check]

Writes the documents that are made from code, and removes those that nothing stands for any more:
  docs/openapi/<service>.json, docs/openapi/merged.json   routes (OpenAPI); the merged one is served at /docs
  docs/events/<type>.schema.json                          events and commands (JSON Schema)
  docs/asyncapi.json                                      who writes and reads which events (AsyncAPI 3.0)
  libs/contracts/fixtures/<type>.json                     a recorded example of each event, read by tests

  --check  write nothing; exit code 1 and a list of files when the committed ones differ
  --help   this text

It reads the compiled services, because only the compiler sees their comments and limits: run it after a build.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const documents = await generate();
  return values.check ? check(documents) : write(documents);
}

async function generate(): Promise<DocumentSet> {
  // One after the other: each preview builds a whole application.
  const described = {
    gateway: await describeService(gatewayService),
    supplies: await describeService(suppliesService),
    teams: await describeService(teamsService),
    transport: await describeService(transportService),
  };
  return new Map([...eventDocuments(), ...serviceDocuments(described)]);
}

function write(documents: DocumentSet): number {
  const { changed, leftOver } = writeDocuments(projectFolder(__dirname), documents);
  for (const path of changed) console.log(`written  ${path}`);
  for (const path of leftOver) console.log(`removed  ${path}`);
  console.log(`${documents.size} documents from code, ${changed.length} written, ${leftOver.length} removed`);
  return 0;
}

function check(documents: DocumentSet): number {
  const { changed, leftOver } = compareDocuments(projectFolder(__dirname), documents);
  for (const path of changed) console.error(`differs from the code  ${path}`);
  for (const path of leftOver) console.error(`nothing stands for it  ${path}`);
  if (changed.length + leftOver.length > 0) return 1;
  console.log(`${documents.size} documents agree with the code`);
  return 0;
}

/** The folder with `package.json`, above `dist` or the sources. */
function projectFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectFolder(dirname(folder));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  },
);
