import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { paginate } from './domain/paginate';
import type { Paper } from './domain/paper';
import {
  CELL_PADDING,
  HEADER_ROW,
  LINE,
  MARGIN,
  SIZES,
  columnWidths,
  headerOf,
  innerWidth,
  measure,
  measureFacts,
  type MeasuredFacts,
  type MeasuredRow,
} from './paper-measure';
import { qrCode } from './qr-code';

type Sheet = PDFKit.PDFDocument;

const FONT = 'paper';
const QR_POINTS = 62;
const FOOTER = 22;
/** Totals and the line of signatures. */
const CLOSING = 78;
const INK = '#1a1a1a';
const PALE = '#666666';
const RED = '#b3261e';

/**
 * Renders a paper as PDF on A4. The file comes as a stream while it is made, page by page, and between the pages other
 * requests get their turn. A reader who leaves stops the work.
 */
export function renderPaper(paper: Paper, font: Buffer): Readable {
  const sheet = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    lang: 'zh-CN',
    info: { Title: `${paper.title} ${paper.number}`, CreationDate: paper.at },
  });
  sheet.registerFont(FONT, font);
  void draw(sheet, paper).catch((error: Error) => sheet.destroy(error));
  return sheet;
}

async function draw(sheet: Sheet, paper: Paper): Promise<void> {
  sheet.font(FONT);
  const widths = columnWidths(paper);
  const rows = await measure(sheet, paper, widths);
  const bottom = 841.89 - MARGIN - FOOTER;
  const facts = measureFacts(sheet, paper);
  const tableTop = MARGIN + QR_POINTS + 8 + facts.height;
  const pages = paginate(
    rows.map(({ height }) => height),
    {
      first: bottom - tableTop - HEADER_ROW,
      following: bottom - MARGIN - 20 - HEADER_ROW,
      closing: CLOSING,
    },
  );
  for (const [index, [start, end]] of pages.entries()) {
    if (sheet.destroyed) return;
    sheet.addPage();
    drawMarks(sheet, paper);
    let top = index === 0 ? drawHead(sheet, paper, facts) : drawRunningHead(sheet, paper);
    top = drawRow(sheet, { top, widths, row: headerOf(paper), paper, isHeader: true });
    for (const row of rows.slice(start, end)) top = drawRow(sheet, { top, widths, row, paper, isHeader: false });
    if (index === pages.length - 1) drawClosing(sheet, paper, top);
    drawFooter(sheet, paper, { page: index + 1, pages: pages.length });
    await setImmediate();
  }
  sheet.end();
}

/** Across every page: what is invented, and what was undone. */
function drawMarks(sheet: Sheet, paper: Paper): void {
  if (paper.synthetic) drawAcross(sheet, '演示数据 SYNTHETIC', '#999999');
  if (paper.stamp) drawAcross(sheet, paper.stamp, RED);
}

function drawAcross(sheet: Sheet, text: string, color: string): void {
  const { width, height } = sheet.page;
  sheet.save().fillColor(color).fillOpacity(0.13).fontSize(52);
  const half = sheet.widthOfString(text) / 2;
  sheet.rotate(-38, { origin: [width / 2, height / 2] });
  write(sheet, text, width / 2 - half, height / 2 - 36);
  sheet.restore();
}

function drawHead(sheet: Sheet, paper: Paper, facts: MeasuredFacts): number {
  const right = MARGIN + innerWidth();
  drawQr(sheet, paper.code, right - QR_POINTS, MARGIN - 6);
  sheet.fillColor(INK).fontSize(SIZES.title);
  const titleWidth = sheet.widthOfString(paper.title, { characterSpacing: 6 });
  sheet.text(paper.title, MARGIN + (innerWidth() - titleWidth) / 2, MARGIN - 4, {
    lineBreak: false,
    characterSpacing: 6,
  });
  sheet.fillColor(PALE).fontSize(SIZES.subtitle);
  write(sheet, paper.titleEn, MARGIN + (innerWidth() - sheet.widthOfString(paper.titleEn)) / 2, MARGIN + 25);
  sheet.fillColor(INK).fontSize(10);
  write(sheet, `编号：${paper.number}`, MARGIN, MARGIN + 40);
  if (paper.synthetic) drawBadge(sheet, '演示数据 synthetic', MARGIN, MARGIN);
  const top = MARGIN + QR_POINTS;
  sheet.fontSize(SIZES.fact);
  for (const { x, top: below, label, text } of facts.lines) {
    sheet.fillColor(PALE);
    write(sheet, `${label}：`, MARGIN + x, top + below);
    const offset = sheet.widthOfString(`${label}：`);
    sheet.fillColor(INK);
    text.forEach((line, index) => write(sheet, line, MARGIN + x + offset, top + below + index * LINE));
  }
  return top + facts.height;
}

function drawRunningHead(sheet: Sheet, paper: Paper): number {
  sheet.fillColor(INK).fontSize(SIZES.fact);
  write(sheet, `${paper.title}　${paper.number}（续）`, MARGIN, MARGIN);
  return MARGIN + 20;
}

/** A small framed word, for what has to be seen before anything else. */
function drawBadge(sheet: Sheet, text: string, x: number, y: number): void {
  sheet.fontSize(SIZES.subtitle);
  const width = sheet.widthOfString(text) + 8;
  sheet.lineWidth(0.8).rect(x, y, width, 15).stroke(RED).fillColor(RED);
  write(sheet, text, x + 4, y + 2);
}

function drawQr(sheet: Sheet, text: string, x: number, y: number): void {
  const { size, runs } = qrCode(text);
  const module = (QR_POINTS - 4) / size;
  for (const run of runs) sheet.rect(x + 2 + run.x * module, y + 2 + run.y * module, run.length * module, module);
  sheet.fill('#000000');
}

interface RowToDraw {
  readonly top: number;
  readonly widths: readonly number[];
  readonly row: MeasuredRow;
  readonly paper: Paper;
  readonly isHeader: boolean;
}

function drawRow(sheet: Sheet, { top, widths, row, paper, isHeader }: RowToDraw): number {
  if (isHeader) sheet.rect(MARGIN, top, innerWidth(), row.height).fill('#efefef');
  sheet.lineWidth(0.5).strokeColor(INK).fillColor(INK).fontSize(SIZES.cell);
  let left = MARGIN;
  row.cells.forEach((lines, column) => {
    const width = widths[column];
    sheet.rect(left, top, width, row.height).stroke();
    const align = isHeader ? 'center' : (paper.columns[column].align ?? 'left');
    const start = top + (row.height - lines.length * LINE) / 2;
    lines.forEach((line, index) => {
      if (line !== '') write(sheet, line, left + offsetOf(sheet, line, width, align), start + index * LINE);
    });
    left += width;
  });
  return top + row.height;
}

function offsetOf(sheet: Sheet, line: string, width: number, align: 'left' | 'right' | 'center'): number {
  if (align === 'left') return CELL_PADDING;
  const free = width - sheet.widthOfString(line);
  return align === 'right' ? free - CELL_PADDING : free / 2;
}

function drawClosing(sheet: Sheet, paper: Paper, top: number): void {
  sheet.fillColor(INK).fontSize(SIZES.fact);
  write(sheet, paper.totals, MARGIN, top + 8);
  const share = innerWidth() / paper.signers.length;
  paper.signers.forEach((signer, index) => {
    const x = MARGIN + index * share;
    const label = `${signer}：`;
    write(sheet, label, x, top + 46);
    const start = x + sheet.widthOfString(label);
    sheet
      .lineWidth(0.5)
      .moveTo(start, top + 59)
      .lineTo(x + share - 10, top + 59)
      .stroke(INK);
  });
}

function drawFooter(sheet: Sheet, paper: Paper, { page, pages }: { page: number; pages: number }): void {
  const y = sheet.page.height - MARGIN - 10;
  sheet.fillColor(PALE).fontSize(SIZES.footer);
  // Below the margin the library would begin another page.
  sheet.page.margins.bottom = 0;
  write(sheet, paper.number, MARGIN, y);
  const text = `第 ${page} 页／共 ${pages} 页`;
  write(sheet, text, MARGIN + innerWidth() - sheet.widthOfString(text), y);
}

/** One line at a place; nothing is broken or moved. */
const write = (sheet: Sheet, text: string, x: number, y: number): void =>
  void sheet.text(text, x, y, { lineBreak: false });
