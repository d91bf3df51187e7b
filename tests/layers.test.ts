import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { violation, zoneOf, ZONES } from '../import-law.mjs'

const LONGEST_FILE = 400
const root = fileURLToPath(new URL('..', import.meta.url))

interface Import {
  specifier: string
  typeOnly: boolean
}
interface Source {
  /** From the repository root, with forward slashes. */
  path: string
  text: string
  imports: Import[]
}

/** Every import, re-export, dynamic import and `import('…')` type of a TypeScript text. */
function importsOf(path: string, text: string): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ specifier: specifier.text, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause
      const named = clause?.namedBindings
      const inline = !!named && ts.isNamedImports(named) && !clause.name && named.elements.every((e) => e.isTypeOnly)
      add(node.moduleSpecifier, !!clause && (clause.phaseModifier === ts.SyntaxKind.TypeKeyword || inline))
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
  return found
}

/** The scripts of a Vue component; other files whole. */
function scriptOf(path: string, text: string): string {
  if (!path.endsWith('.vue')) return text
  return [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '').join('\n')
}

function filesUnder(folder: string): string[] {
  let entries
  try {
    entries = readdirSync(posix.join(root, folder), { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|mts|vue)$/.test(entry.name))
    .map((entry) => posix.relative(root, posix.join(entry.parentPath.replaceAll('\\', '/'), entry.name)))
}

const read = (folder: string): Source[] =>
  filesUnder(folder).map((path) => {
    const text = readFileSync(posix.join(root, path), 'utf8')
    return { path, text, imports: importsOf(path, scriptOf(path, text)) }
  })
const sources = ['shared', 'electron', 'renderer'].flatMap(read)
const tests = read('tests')

/** The path an import leads to, from the repository root; undefined for packages. */
const target = (from: string, specifier: string) =>
  specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined

describe('layers', () => {
  it('reads the sources at all', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.flatMap((s) => s.imports).length).toBeGreaterThan(300)
  })

  it('every import keeps the law of import-law.mjs', () => {
    const broken = sources.flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, typeOnly }) => {
        const message = violation(path, specifier, typeOnly)
        return message ? [`${path} imports ${specifier}\n    ${message}`] : []
      }),
    )
    expect(broken, broken.join('\n')).toEqual([])
  })

  it('nothing imports in a circle', () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : (target(path, specifier) ?? []))),
      ]),
    )
    const cycle = findCycle(edges)
    const advice = 'Move what both ends need into a file of its own, or pass it as an argument.'
    expect(cycle, `import cycle: ${cycle?.join('\n  → ')}\n${advice}`).toBeUndefined()
  })

  it('every relative import names its file with the extension', () => {
    const known = new Set([...sources, ...tests].map((s) => s.path))
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .map(({ specifier }) => target(path, specifier))
        .filter((to): to is string => to !== undefined && /\.(ts|vue)$|\/[^.]+$/.test(to) && !known.has(to))
        .map((to) => `${path} imports ${to}, which is not there (write the .ts)`),
    )
    expect(missing, missing.join('\n')).toEqual([])
  })

  it('every package that the program uses is a dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(posix.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const undeclared = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier, typeOnly }) => !typeOnly && !/^(\.|node:|electron$)/.test(specifier))
        // What the window uses is bundled when it is built.
        .filter(() => !path.startsWith('renderer/'))
        .map(({ specifier }) => specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? specifier)
        .filter((name) => !(name in dependencies))
        .map((name) => `${path} needs "${name}": add it to "dependencies" in package.json`),
    )
    expect(undeclared, undeclared.join('\n')).toEqual([])
  })

  it('no file gathers others under one name', () => {
    const barrels = sources.filter(({ path }) => /(^|\/)index\.ts$/.test(path) && !path.startsWith('electron/'))
    expect(
      barrels.map((s) => s.path),
      'import from the file that defines a thing: barrels hide where it lives and invite cycles',
    ).toEqual([])
  })

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const long = [...sources, ...tests]
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE)
      .map(({ path, lines }) => `${path} has ${lines} lines: give a part that has a name a file of its own`)
    expect(long, long.join('\n')).toEqual([])
  })

  it('every source file says in its head what it owns', () => {
    const headless = sources.filter(({ text }) => !/^(#!.*\n)?(\/\*\*\s*(\*\s*)?@file |<!--)/.test(text))
    expect(
      headless.map((s) => s.path),
      'begin with /** @file … */, one to six lines: what it owns, what it refuses, which equation',
    ).toEqual([])
  })
})

/** The first cycle of a graph of paths, its first member repeated at the end. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const trail: string[] = []
  const walk = (path: string): string[] | undefined => {
    if (done.has(path)) return undefined
    const at = trail.indexOf(path)
    if (at >= 0) return [...trail.slice(at), path]
    trail.push(path)
    for (const next of edges.get(path) ?? []) {
      const cycle = walk(next)
      if (cycle) return cycle
    }
    trail.pop()
    done.add(path)
    return undefined
  }
  for (const path of edges.keys()) {
    const cycle = walk(path)
    if (cycle) return cycle
  }
  return undefined
}

describe('the import law', () => {
  const allowed: [from: string, specifier: string, typeOnly: boolean][] = [
    ['shared/model/batch.ts', '../base/errors.ts', false],
    ['shared/pipeline/training/steps.ts', '../../model/batch.ts', false],
    ['shared/pipeline/training/steps.ts', './masking.ts', false],
    ['shared/pipeline/pairs/extractive/facts.ts', '../make-pairs.ts', false],
    ['shared/pipeline/pipeline.ts', './corpus/bm25.ts', false],
    ['shared/pipeline/knowledge/page-rank.ts', 'graphology-metrics/centrality/pagerank.js', false],
    ['electron/adapters/store/database.ts', 'sql.js', false],
    ['electron/main/window.ts', 'electron', false],
    ['renderer/stores/jobs.ts', '../../shared/model/trainer.ts', true],
  ]
  const forbidden: typeof allowed = [
    ['shared/base/random.ts', '../engine/dim.ts', false],
    ['shared/base/random.ts', '../engine/dim.ts', true],
    ['shared/engine/build.ts', 'node:fs', false],
    ['shared/pipeline/pairs/make-pairs.ts', '../corpus/bm25.ts', false],
    ['shared/pipeline/pairs/make-pairs.ts', '../corpus/bm25.ts', true],
    ['shared/pipeline/ports.ts', './corpus/bm25.ts', false],
    ['shared/pipeline/evaluation/match.ts', 'lodash', false],
    ['electron/host/jobs.ts', 'onnxruntime-node', false],
    ['electron/host/jobs.ts', 'electron', false],
    ['electron/main/window.ts', '../host/jobs.ts', false],
    ['renderer/stores/jobs.ts', '../../shared/model/trainer.ts', false],
    ['renderer/stores/jobs.ts', 'node:path', false],
    ['renderer/stores/jobs.ts', 'sql.js', false],
    ['shared/model/batch.ts', '../../tests/model/tiny-model.ts', false],
    ['shared/elsewhere/file.ts', '../base/errors.ts', false],
  ]
  const words = ([from, specifier, typeOnly]: (typeof allowed)[number]) =>
    `${from} importing ${typeOnly ? 'a type of ' : ''}${specifier}`

  for (const row of allowed) it(`allows ${words(row)}`, () => expect(violation(...row)).toBeUndefined())
  for (const row of forbidden) it(`forbids ${words(row)}`, () => expect(violation(...row)).toBeTypeOf('string'))

  it('is acyclic: no zone may import one that may import it', () => {
    const edges = new Map(Object.entries(ZONES).map(([name, { may }]) => [name, may]))
    expect(findCycle(edges)).toBeUndefined()
  })

  it('knows a script that makes the starter from the rest of its folder', () => {
    expect(zoneOf('electron/cli/make-starter.ts')?.name).toBe('makers')
    expect(zoneOf('electron/cli/lab.ts')?.name).toBe('cli')
  })

  it('reads every form of import', () => {
    const text = `
      import 'a'
      import b from 'b'
      import type { C } from 'c'
      import { type D } from 'd'
      import { type E, e } from 'e'
      export { f } from 'f'
      export type * from 'g'
      const h = await import('h')
      type I = import('i').I
    `
    expect(importsOf('x.ts', text).map(({ specifier, typeOnly }) => specifier + (typeOnly ? ' type' : ''))).toEqual([
      'a',
      'b',
      'c type',
      'd type',
      'e',
      'f',
      'g type',
      'h',
      'i type',
    ])
  })

  it('finds a cycle', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ])
    expect(findCycle(edges)).toEqual(['b', 'd', 'b'])
  })
})
