/** @file What makes a good key answer, and what a statement that was misread looks like. */

/** Statements that break off: the clause was misread. */
export const BROKEN =
  /(?:\b(?:the|a|an|of|and|or|but|which|which is|cannot|might|may|can|to|with|by|why|how|than|that|is|are|was|were)\.$|\b(?:is|are|was|were) (?:starts|accounts|makes|shows|gives|means)\b|\b(?:the the|the a|a the|to to|of of|in in|a a)\b)/

/** Whether a text holds a number. */
export const QUANTITY =
  /(?:\d|\b(?:half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|billion|dozen)\b)/i

/** Answer text: no article in front, at most `most` words, cut before trailing phrases. */
export function answerText(text: string, most = 6): string {
  let out = text.replace(/^(?:the|a|an|some|its|their)\s+(?=\S)/i, '').replace(/[,;:.]+$/, '')
  for (const cut of [
    /,? (?:which|that|who|whose|where|when|because|although|while)\s.*$/,
    /,? (?:such as|including)\s.*$/,
    / (?:made|used|called|known|named|bonded|found|built|led|formed|produced|caused)\s.*$/,
    /, .*$/,
    / (?:with|from|for|in|on|at|by|under|through|between|into|to|as|within)\s.*$/,
    / of\s.*$/,
  ]) {
    if (out.split(' ').length <= most) break
    const shorter = out.replace(cut, '')
    if (shorter.split(' ').length >= 1 && shorter.length > 2) out = shorter
  }
  return out.trim()
}

const EMPTY =
  /^(?:it|its|they|them|this|that|these|those|one|ones|there|here|so|such|way|ways|part|place|use|rise|case|fact|thing|things|something|anything|nothing|everything|others?|same|kind|sort|first|second|latter|former|example|reason|account|notice|sale|turn|idea|time|all|both|each|many|most|some|any|more|less|much|few|several|another|another one|himself|itself|themselves)$/i

/** Whether a text is worth asking for. */
export function worthAsking(text: string, most = 8): boolean {
  const bare = answerText(text, 99)
  const words = bare.split(' ').length
  return (
    bare.length > 1 &&
    words <= most &&
    !EMPTY.test(bare) &&
    !/\b(?:it|they|this|these|those|them|he|she|his|her|its|their|we|our)\b/i.test(bare) &&
    /[\p{L}\d]/u.test(bare)
  )
}
