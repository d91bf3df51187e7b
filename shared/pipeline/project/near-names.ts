/** @file "Did you mean …?": the names closest to a mistyped one. */

/** Up to three of `names`, nearest first; empty when nothing is near. */
export function nearNames(typed: string, names: readonly string[]): string[] {
  const wanted = typed.toLowerCase()
  const last = wanted.split('.').at(-1) ?? wanted
  const scored = names.map((name) => {
    const lower = name.toLowerCase()
    const sameEnd = lower.split('.').at(-1) === last
    return { name, distance: sameEnd ? Math.min(1, editDistance(wanted, lower)) : editDistance(wanted, lower) }
  })
  const limit = Math.max(2, Math.floor(typed.length / 4))
  return scored
    .filter((s) => s.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((s) => s.name)
}

/** Levenshtein distance in UTF-16 units. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
