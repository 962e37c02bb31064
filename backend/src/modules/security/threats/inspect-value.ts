import { viewsOf } from './decode/views.ts'
import { detectors } from './detectors/index.ts'
import { detectScannerAgent } from './detectors/scanners.ts'
import { isQuiet } from './quiet.ts'
import { squeeze } from './squeeze.ts'
import { blockAt, type Finding, type Place } from './threat.ts'
import { suspiciousWindows, windowsOf } from './windows.ts'

/** What is left of the characters one request may have looked at closely. */
export interface Budget {
  characters: number
}

const closeLook = 98_304
/** Behind this many characters the first certain finding is enough. */
const patience = closeLook / 3

export function createBudget(): Budget {
  return { characters: closeLook }
}

/** What the detectors say about one value in all its states of decoding: the strongest of each kind. */
export function inspectValue(value: string, place: Place, budget: Budget): Finding[] {
  const found = new Map<string, Finding>()
  const add = (finding: Finding | undefined) => {
    if (finding !== undefined && finding.score > (found.get(finding.kind)?.score ?? 0)) found.set(finding.kind, finding)
  }
  if (place === 'browser') {
    add(detectScannerAgent({ text: value, lower: value.toLowerCase(), marks: 0, place }))
    return [...found.values()]
  }
  for (const window of budget.characters > 0 ? windowsOf(value) : suspiciousWindows(value)) {
    budget.characters -= window.length
    for (const view of viewsOf(window)) {
      if (place !== 'user-agent' && isQuiet(view)) continue
      const text = squeeze(view.text)
      const inspected = { text, marks: view.marks, lower: text.toLowerCase(), place }
      if (place === 'user-agent') add(detectScannerAgent(inspected))
      for (const detect of detectors) add(detect(inspected))
    }
    if (budget.characters < closeLook - patience && [...found.values()].some(({ score }) => score >= blockAt)) break
    // Twice the allowance, spent on suspicious places alone, is the end of it.
    if (budget.characters < -closeLook) break
  }
  return [...found.values()]
}
