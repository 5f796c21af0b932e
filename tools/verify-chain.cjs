'use strict';
/*
 * Checks an export of the ledger's chain. It is one file and needs nothing but Node.js 18 and the export: no database, no
 * network, no other file of this project, so that an auditor can keep it, read it and trust it. docs/chain.md tells the
 * form of the export and what the check proves.
 */
const { createHash } = require('node:crypto');
const { createReadStream } = require('node:fs');
const { createInterface } = require('node:readline');

const HELP =
  'Usage: node verify-chain.cjs <export file> [--head <hash>] [--part] [--json]\n\n' +
  'Recomputes every hash of an export of the ledger and names each movement or block that does not fit.\n' +
  '  --head <hash>  the hash of the latest block as it was noted elsewhere; without it a cut-off end is not noticed\n' +
  '  --part         the file holds a part of the chain, which need not begin with the first block\n' +
  '  --json         print the result as JSON\n\n' +
  'Exit code: 0 everything fits, 1 something was changed, 2 the file cannot be checked.\n';

const NOTHING = '0'.repeat(64);
const MOST_FAULTS = 1000;

const sha256 = (data) => createHash('sha256').update(data).digest();

/** The same text as PostgreSQL makes of a JSON array of texts. */
const textOf = (values) => '[' + values.map((value) => JSON.stringify(value)).join(', ') + ']';

const leafOf = (entry) =>
  sha256(Buffer.from([entry.movement, ...entry.postings].map(textOf).join('\n'), 'utf8')).toString('hex');

function hashOf(block) {
  const head = [
    block.previousHash,
    block.number,
    block.firstSequence,
    block.lastSequence,
    block.sequences,
    block.sealedAt,
    '',
  ];
  return sha256(Buffer.concat([Buffer.from(head.join('\n'), 'utf8'), Buffer.from(block.leaves, 'hex')])).toString(
    'hex',
  );
}

/** Takes the lines of an export one by one; `end` gives the result. */
class ChainCheck {
  constructor() {
    this.blocks = 0;
    this.movements = 0;
    this.faults = [];
    this.block = null;
    this.found = [];
    this.first = null;
    this.last = null;
  }

  take(line) {
    if (line.trim() === '') return;
    const entry = JSON.parse(line);
    if (entry.block) {
      this.finishBlock();
      this.block = entry.block;
      this.blocks++;
      this.checkBlock(entry.block);
    } else if (entry.movement && Array.isArray(entry.postings)) {
      this.movements++;
      this.found.push({ sequence: entry.movement[0], id: entry.movement[1], leaf: leafOf(entry) });
    } else {
      throw new Error('a line is neither a block nor a movement');
    }
  }

  fault(kind, where) {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ kind, ...where });
  }

  checkBlock(block) {
    const where = { block: block.number };
    if (hashOf(block) !== block.hash) this.fault('block-altered', where);
    if (this.last === null) {
      this.first = block.number;
      if (block.number === '1' && block.previousHash !== NOTHING) this.fault('block-altered', where);
    } else if (BigInt(block.number) !== BigInt(this.last.number) + 1n) {
      this.fault('block-missing', where);
    } else if (block.previousHash !== this.last.hash) {
      this.fault('chain-broken', where);
    }
    this.last = block;
  }

  /** What was found against what was sealed: every movement that differs is named. */
  finishBlock() {
    const block = this.block;
    if (block === null) return;
    const sequences = block.sequences === '' ? [] : block.sequences.split(',');
    const sealed = new Map(
      sequences.map((sequence, index) => [sequence, block.leaves.slice(64 * index, 64 * index + 64)]),
    );
    const seen = new Set();
    for (const { sequence, id, leaf } of this.found) {
      const where = { block: block.number, sequence, movement: id };
      if (!sealed.has(sequence) || seen.has(sequence)) this.fault('inserted', where);
      else if (sealed.get(sequence) !== leaf) this.fault('altered', where);
      seen.add(sequence);
    }
    for (const sequence of sequences) if (!seen.has(sequence)) this.fault('dropped', { block: block.number, sequence });
    this.found = [];
    this.block = null;
  }

  /**
   * @param head    the hash that the latest block must have, or undefined
   * @param isPart  whether the chain may begin with another block than the first
   */
  end(head, isPart) {
    this.finishBlock();
    if (!isPart && this.first !== null && this.first !== '1') this.fault('begin-missing', { block: this.first });
    const headHash = this.last === null ? null : this.last.hash;
    if (head !== undefined && head !== headHash)
      this.fault('end-missing', { block: this.last === null ? null : this.last.number });
    return {
      isSound: this.faults.length === 0,
      blocks: this.blocks,
      movements: this.movements,
      headHash,
      faults: this.faults,
    };
  }
}

async function main(parameters) {
  if (parameters.includes('--help') || parameters.length === 0) {
    process.stdout.write(HELP);
    return parameters.length === 0 ? 2 : 0;
  }
  const headAt = parameters.indexOf('--head');
  const head = headAt < 0 ? undefined : parameters[headAt + 1];
  const file = parameters.find(
    (parameter, index) => !parameter.startsWith('--') && (headAt < 0 || index !== headAt + 1),
  );
  if (file === undefined || (headAt >= 0 && head === undefined)) {
    process.stderr.write(HELP);
    return 2;
  }
  const check = new ChainCheck();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) check.take(line);
  const result = check.end(head, parameters.includes('--part'));
  process.stdout.write(parameters.includes('--json') ? JSON.stringify(result, null, 2) + '\n' : describe(result));
  return result.isSound ? 0 : 1;
}

function describe(result) {
  const lines = [`${result.movements} movements in ${result.blocks} blocks, latest block ${result.headHash ?? 'none'}`];
  for (const fault of result.faults) {
    lines.push(
      `  ${fault.kind}: block ${fault.block}${fault.sequence ? `, movement ${fault.sequence} ${fault.movement ?? ''}` : ''}`,
    );
  }
  lines.push(result.isSound ? 'The chain fits: nothing was altered, dropped or inserted.' : 'THE CHAIN DOES NOT FIT.');
  return lines.join('\n') + '\n';
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (exitCode) => (process.exitCode = exitCode),
    (error) => {
      process.stderr.write(`cannot check: ${error.message}\n`);
      process.exitCode = 2;
    },
  );
}

module.exports = { ChainCheck };
