/** @file All relations of the invented world, and which of them a kind of thing can have. */

import { ACTIONS } from './relations/action.ts'
import { HISTORIES } from './relations/history.ts'
import { MEASURED } from './relations/measured.ts'
import { MECHANICAL } from './relations/mechanical.ts'
import { QUALITIES } from './relations/quality.ts'
import type { Relation, ThingKind } from './relations/relation.ts'
import { STRUCTURES } from './relations/structure.ts'

export const RELATIONS: readonly Relation[] = [
  ...MECHANICAL,
  ...MEASURED,
  ...QUALITIES,
  ...STRUCTURES,
  ...HISTORIES,
  ...ACTIONS,
]

const KINDS: readonly ThingKind[] = ['material', 'mineral', 'organism', 'device', 'process', 'person', 'place']

/** Relations that a thing of each kind can be the subject of. */
export const RELATIONS_OF: ReadonlyMap<ThingKind, readonly Relation[]> = new Map(
  KINDS.map((kind) => [kind, RELATIONS.filter((relation) => relation.kinds.includes(kind))]),
)
