/** @file A fact before it has an id and a place. */

import type { FactForm, FactKind } from '../../artifacts.ts'

export interface Draft {
  kind: FactKind
  subject: string
  relation: string
  object: string
  statement: string
  form: FactForm
}
