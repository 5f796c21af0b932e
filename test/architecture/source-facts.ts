import ts from 'typescript';

/** What one source file says about itself, as far as the architecture rules ask. */
export interface SourceFacts {
  /** Module names exactly as written: static, dynamic and `require`. */
  readonly imports: readonly string[];
  /** Uses of clock, chance or environment, such as `Date.now`. */
  readonly impurities: readonly string[];
  readonly usesForwardRef: boolean;
  readonly synchronizesSchema: boolean;
  readonly lines: number;
}

const IMPURE_CALLS = [
  'Date.now',
  'Math.random',
  'performance.now',
  'process.env',
  'process.hrtime',
  'crypto.randomUUID',
];
const IMPURE_NAMES = ['randomUUID', 'randomBytes', 'randomInt', 'setTimeout', 'setInterval', 'setImmediate', 'fetch'];

/** Reads a source file by its syntax alone; nothing is compiled or run. */
export function readFacts(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const imports: string[] = [];
  const impurities = new Set<string>();
  let usesForwardRef = false;
  let synchronizesSchema = false;

  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) imports.push(imported);
    const impurity = impurityOf(node, source);
    if (impurity !== undefined) impurities.add(impurity);
    usesForwardRef ||= ts.isIdentifier(node) && node.text === 'forwardRef';
    synchronizesSchema ||= isSynchronize(node, source);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const lines = text.trimEnd().split('\n').length;
  return { imports, impurities: [...impurities], usesForwardRef, synchronizesSchema, lines };
}

function importOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literalOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literalOf(node.expression);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literalOf(node.argument.literal);
  if (!ts.isCallExpression(node)) return undefined;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  const isDynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isRequire || isDynamic ? literalOf(node.arguments[0]) : undefined;
}

function literalOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function impurityOf(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText(source);
    return IMPURE_CALLS.find((name) => text === name);
  }
  if (ts.isNewExpression(node) && node.expression.getText(source) === 'Date' && !node.arguments?.length) {
    return 'new Date()';
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && IMPURE_NAMES.includes(node.expression.text)) {
    return node.expression.text;
  }
  return undefined;
}

function isSynchronize(node: ts.Node, source: ts.SourceFile): boolean {
  if (!ts.isPropertyAssignment(node)) return false;
  return node.name.getText(source) === 'synchronize' && node.initializer.kind === ts.SyntaxKind.TrueKeyword;
}
