/**
 * @file Who may import whom. The linter (eslint.config.mjs) and tests/layers.test.ts both read this table, so that a
 * change of the law is one edit here. The folder name is the permission.
 */

import { posix } from 'node:path'

/**
 * @typedef {object} Zone
 * @property {string[]} paths folders (ending in `/`) or files; `*` stands for one name, and files of different `*`
 *   folders are siblings that may not import each other
 * @property {string} owns what belongs here, said in an error
 * @property {string[]} may zones whose values it may import, besides its own
 * @property {string[]} [types] zones whose types it may import as well
 * @property {string[]} packages npm packages; a trailing `*` matches the rest, `*` alone any
 * @property {boolean} [node] whether Node's own modules are allowed
 */

const SHARED = ['base', 'contract', 'engine', 'model', 'ground', 'stage', 'pipeline']
/** Only adapters may load these: they are native, or reach outside the process. */
const ADAPTERS_ONLY = ['onnxruntime-node', 'sql.js', 'mammoth', 'pdfjs-dist', 'ws']

/** @type {Record<string, Zone>} */
export const ZONES = {
  base: {
    paths: ['shared/base/'],
    owns: 'random numbers, errors, words: what everyone stands on',
    may: [],
    packages: [],
  },
  contract: {
    paths: ['shared/contract/'],
    owns: 'commands, events and their validators: where window and host meet',
    may: ['base'],
    types: SHARED,
    packages: ['zod'],
  },
  engine: {
    paths: ['shared/engine/'],
    owns: 'compute graph, gradients, optimiser, ONNX writer, runner port',
    may: ['base'],
    packages: ['onnx-proto'],
  },
  model: {
    paths: ['shared/model/'],
    owns: 'tokenizer, transformer, losses, batches, sampling',
    may: ['base', 'engine'],
    packages: ['@huggingface/tokenizers', '@huggingface/jinja', 'zod'],
  },
  ground: {
    paths: ['artifacts', 'ports', 'thought', 'prompts'].map((name) => `shared/pipeline/${name}.ts`),
    owns: 'what stages hand to each other and ask of the outside',
    may: ['base', 'engine', 'model'],
    packages: [],
  },
  stage: {
    paths: ['shared/pipeline/*/'],
    owns: 'one stage of the method; it never knows its siblings',
    may: ['base', 'engine', 'model', 'ground'],
    packages: ['zod', 'compromise*', 'graphology*'],
  },
  pipeline: {
    paths: ['shared/pipeline/pipeline.ts'],
    owns: 'the stages composed, in order',
    may: ['base', 'engine', 'model', 'ground', 'stage'],
    packages: [],
  },
  adapters: {
    paths: ['electron/adapters/'],
    owns: 'files, database, ONNX Runtime, network: each behind a port of shared/',
    may: SHARED,
    packages: ['*'],
    node: true,
  },
  worker: {
    paths: ['electron/worker/'],
    owns: 'training and generation in a process of its own',
    may: ['base', 'contract', 'model', 'ground', 'stage', 'pipeline', 'adapters'],
    types: SHARED,
    packages: ['zod'],
    node: true,
  },
  host: {
    paths: ['electron/host/'],
    owns: 'projects, jobs and events: the lab itself, without a window',
    may: ['base', 'contract', 'model', 'ground', 'stage', 'pipeline', 'adapters'],
    types: SHARED,
    packages: ['zod'],
    node: true,
  },
  makers: {
    paths: ['electron/cli/make-*.ts', 'electron/cli/*starter*.ts'],
    owns: 'scripts that make the bundled starter model',
    may: [...SHARED, 'adapters'],
    packages: [],
    node: true,
  },
  cli: {
    paths: ['electron/cli/'],
    owns: 'the host driven from a terminal',
    may: ['base', 'contract', 'ground', 'stage', 'pipeline', 'adapters', 'host'],
    types: SHARED,
    packages: [],
    node: true,
  },
  main: {
    paths: ['electron/main/'],
    owns: 'windows, menus, dialogs; starts the host',
    may: ['base', 'contract'],
    types: SHARED,
    packages: ['electron'],
    node: true,
  },
  preload: {
    paths: ['electron/preload/'],
    owns: 'window.lab, made from the contract',
    may: ['contract'],
    types: SHARED,
    packages: ['electron'],
  },
  renderer: {
    paths: ['renderer/'],
    owns: 'everything on screen; it reaches the lab through the contract only',
    may: ['contract'],
    types: SHARED,
    packages: ['*'],
  },
}

const patterns = Object.entries(ZONES).flatMap(([name, { paths }]) =>
  paths.map((path) => {
    const escaped = path.replace(/[.]/g, '\\.').replace(/\*/g, '([^/]*)')
    return { name, expression: new RegExp(`^${escaped}${path.endsWith('/') ? '' : '$'}`) }
  }),
)

/**
 * The zone of a file, and which sibling it is in when the zone has several. The table's order decides between a file
 * and the folder around it.
 * @param {string} path from the repository root, with forward slashes
 * @returns {{ name: string, zone: Zone, sibling: string } | undefined}
 */
export function zoneOf(path) {
  for (const { name, expression } of patterns) {
    const match = expression.exec(path)
    const zone = ZONES[name]
    if (match && zone) return { name, zone, sibling: name === 'stage' ? (match[1] ?? '') : '' }
  }
  return undefined
}

/**
 * Whether the law forbids an import.
 * @param {string} from the importing file, from the repository root
 * @param {string} specifier as written in the import
 * @param {boolean} typeOnly `import type`
 * @returns {string | undefined} what is wrong and where the code belongs, or undefined when it is allowed
 */
export function violation(from, specifier, typeOnly) {
  const here = zoneOf(from)
  if (!here) return `${from} lies in no zone of import-law.mjs: move it to a folder the table names, or add a row.`
  const { zone, name } = here
  if (specifier.startsWith('node:')) {
    if (zone.node) return undefined
    return `${name} (${zone.owns}) has no Node: declare a port and put the Node code into electron/adapters.`
  }
  if (!specifier.startsWith('.')) {
    const named = (/** @type {string} */ entry) =>
      entry.endsWith('*') ? specifier.startsWith(entry.slice(0, -1)) : specifier === entry
    const reserved = name !== 'adapters' && ADAPTERS_ONLY.some((p) => specifier === p || specifier.startsWith(`${p}/`))
    const shell = specifier === 'electron' && !zone.packages.includes('electron')
    if (!reserved && !shell && zone.packages.some(named)) return undefined
    const allowed = zone.packages.length ? zone.packages.join(', ') : 'none'
    return `${name} may not use the package "${specifier}" (allowed: ${allowed}). Take what it does through a port, or add the package to its row in import-law.mjs with a reason.`
  }
  const path = posix.normalize(posix.join(posix.dirname(from), specifier))
  const there = zoneOf(path)
  if (!there) return `${path} lies in no zone of import-law.mjs: source may import only what the table names.`
  if (there.name === name) {
    if (there.sibling === here.sibling) return undefined
    return `stage ${here.sibling} may not know stage ${there.sibling}: compose them in shared/pipeline/pipeline.ts, pass plain data of artifacts.ts, or move what both need to shared/base.`
  }
  if (zone.may.includes(there.name) || (typeOnly && zone.types?.includes(there.name))) return undefined
  if (zone.types?.includes(there.name)) {
    return `${name} may import only types of ${there.name} (${there.zone.owns}): write "import type", or move the code to ${there.name}.`
  }
  const may = zone.may.length ? zone.may.join(', ') : 'nothing'
  return `${name} (${zone.owns}) may not import ${there.name} (${there.zone.owns}); it may import: ${may}. Code that needs both belongs higher up; code that needs neither belongs in shared/base.`
}
