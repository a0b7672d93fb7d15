import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '@vidimus/testkit';
import { type EcmaScriptModule, type Program, parseSync, Visitor } from 'oxc-parser';

/** One `import … from`, `export … from`, `import('…')` or `import('…').Type`. */
export interface Import {
  readonly line: number;
  readonly specifier: string;
  /** What a relative specifier points at, from the repository's root; null for packages. */
  readonly path: string | null;
  /** The names taken; `default`, `*` for a whole namespace, none for dynamic imports. */
  readonly names: readonly string[];
  /** Whether nothing of it is left when the types are stripped. */
  readonly onlyTypes: boolean;
}

export interface Source {
  /** From the repository's root, such as `packages/server/src/main.ts`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly imports: readonly Import[];
}

/** What exists for tests only, though it stands beside what they test. */
export const FOR_TESTS = /\.(test|fixture)\.ts$/;

/** Every file of ours that is not for tests, parsed. */
export const SOURCES: readonly Source[] = globSync('packages/*/src/**/*.ts', { cwd: REPOSITORY })
  .filter((path) => !FOR_TESTS.test(path))
  .sort()
  .map((path) => parseSource(path, readFileSync(join(REPOSITORY, path), 'utf8')));

/** Those that end up at the people who run Vidimus. */
export const SHIPPED: readonly Source[] = SOURCES.filter(({ path }) => !path.startsWith('packages/testkit/'));

/** The line, from 1, in which a character of a file stands. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function parseSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  const error = errors[0];
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const imports = [
    ...staticImports(module),
    ...reexports(module),
    ...dynamicImports(path, text, module),
    ...typeImports(program),
  ].map(({ start, specifier, names, onlyTypes }) => ({
    line: lineAt(text, start),
    specifier,
    path: specifier.startsWith('.') ? join(dirname(path), specifier) : null,
    names,
    onlyTypes,
  }));
  return { path, text, program, imports };
}

interface Found extends Pick<Import, 'specifier' | 'names' | 'onlyTypes'> {
  readonly start: number;
}

function staticImports(module: EcmaScriptModule): Found[] {
  return module.staticImports.map(({ start, moduleRequest, entries }) => ({
    start,
    specifier: moduleRequest.value,
    names: entries.map(({ importName }) => nameTaken(importName)),
    onlyTypes: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
}

function nameTaken({ kind, name }: { readonly kind: string; readonly name: string | null }): string {
  return name ?? (kind === 'Default' ? 'default' : '*');
}

function reexports(module: EcmaScriptModule): Found[] {
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ start, moduleRequest, importName, isType }) =>
      moduleRequest === null
        ? []
        : [
            {
              start,
              specifier: moduleRequest.value,
              names: [nameTaken(importName)],
              onlyTypes: isType,
            },
          ],
    );
}

function dynamicImports(path: string, text: string, module: EcmaScriptModule): Found[] {
  return module.dynamicImports.map(({ start, moduleRequest }) => {
    const literal = /^(['"])(.+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal === null) throw new Error(`${path} imports something that only shows when it runs.`);
    return { start, specifier: literal[2] as string, names: [], onlyTypes: false };
  });
}

function typeImports(program: Program): Found[] {
  const found: Found[] = [];
  new Visitor({
    TSImportType: ({ start, source }) => {
      found.push({ start, specifier: source.value, names: [], onlyTypes: true });
    },
  }).visit(program);
  return found;
}
