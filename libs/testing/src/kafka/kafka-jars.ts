import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../../../..');
const POM = join(ROOT, 'tools/kafka/pom.xml');
const CACHE = join(ROOT, 'node_modules/.cache/kafka');
const OLDEST_JAVA = 17;
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** The broker's jars, fetched by Maven the first time and kept under node_modules/.cache. */
export async function findJars(
  progress: (line: string) => void,
): Promise<{ java: string; jarsFolder: string } | { reason: string }> {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const version = await javaVersion(java);
  if (version === undefined) return { reason: 'no Java' };
  if (version < OLDEST_JAVA) return { reason: `Java ${version} is older than ${OLDEST_JAVA}` };
  const jarsFolder = join(CACHE, await kafkaVersion());
  if (existsSync(jarsFolder)) return { java, jarsFolder };
  progress('fetching the jars of Apache Kafka with Maven (about 45 MB, once)');
  try {
    await fetchJars(jarsFolder);
    return { java, jarsFolder };
  } catch (error) {
    return { reason: `Maven cannot fetch the jars of Apache Kafka: ${firstLine(error)}` };
  }
}

/** Major version, or undefined without a working Java. */
async function javaVersion(java: string): Promise<number | undefined> {
  try {
    const { stderr } = await run(java, ['-version']);
    const major = /version "(\d+)/.exec(stderr)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

async function kafkaVersion(): Promise<string> {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(await readFile(POM, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${POM} names no version of kafka_2.13`);
  return version;
}

/** Fetches into a folder aside and renames it, so that a folder with the final name is always complete. */
async function fetchJars(jarsFolder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const aside = await mkdtemp(join(CACHE, 'download-'));
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${aside}`];
    await run('mvn', ['-B', '-q', '-f', POM, ...goal], { timeout: DOWNLOAD_TIMEOUT_MS });
    await rename(aside, jarsFolder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0];
}
