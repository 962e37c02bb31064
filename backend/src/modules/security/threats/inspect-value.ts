import { viewsOf } from './decode/views.ts'
import { detectors } from './detectors/index.ts'
import { detectScannerAgent } from './detectors/scanners.ts'
import { isQuiet } from './quiet.ts'
import type { Finding, Place } from './threat.ts'
import { windowsOf } from './windows.ts'

const certain = 80

/** What the detectors say about one value in all its states of decoding: the strongest of each kind. */
export function inspectValue(value: string, place: Place): Finding[] {
  const found = new Map<string, Finding>()
  const add = (finding: Finding | undefined) => {
    if (finding !== undefined && finding.score > (found.get(finding.kind)?.score ?? 0)) found.set(finding.kind, finding)
  }
  if (place === 'browser') {
    add(detectScannerAgent({ text: value, lower: value.toLowerCase(), marks: 0, place }))
    return [...found.values()]
  }
  for (const window of windowsOf(value)) {
    for (const view of viewsOf(window)) {
      if (place !== 'user-agent' && isQuiet(view)) continue
      const inspected = { ...view, lower: view.text.toLowerCase(), place }
      if (place === 'user-agent') add(detectScannerAgent(inspected))
      for (const detect of detectors) add(detect(inspected))
    }
    if ([...found.values()].some(({ score }) => score >= certain)) break
  }
  return [...found.values()]
}
