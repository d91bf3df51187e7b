/** @file JSON.parse silently keeps the last of two equal keys; a header that says two things about one tensor is a lie. */

/**
 * The first key that occurs twice in one object at depth 1 or 2 of `json`, or undefined.
 * @param json text that JSON.parse accepted
 */
export function repeatedKey(json: string): string | undefined {
  const seen: (Set<string> | undefined)[] = []
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const c = json[i]
    if (c === '{' || c === '[') {
      depth++
      if (depth <= 2) seen[depth] = c === '{' ? new Set() : undefined
    } else if (c === '}' || c === ']') depth--
    else if (c === '"') {
      const from = i
      for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++
      const keys = depth <= 2 ? seen[depth] : undefined
      if (!keys || !isFollowedByColon(json, i + 1)) continue
      const key = JSON.parse(json.slice(from, i + 1)) as string
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}

function isFollowedByColon(json: string, at: number): boolean {
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++
  return json[at] === ':'
}
