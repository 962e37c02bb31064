import type { Cue } from '#backend/modules/planner/vocabulary/cues.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { fold } from '#contracts/fold.ts'

const patterns = perLanguage(({ cues }) => new Map(Object.entries(cues).map(([cue, list]) => [cue, toPattern(list)])))

function toPattern(list: string): RegExp {
  const forms = list.split('|').map((form) =>
    fold(form)
      .replace(/[.+?^${}()[\]\\]/g, '\\$&')
      .replaceAll('*', '.*'),
  )
  return new RegExp(`^(?:${forms.join('|')})$`)
}

/** Whether words are one of the wordings that the vocabulary lists for a cue. */
export function says(text: string, cue: Cue, language: Language): boolean {
  return patterns(language).get(cue)?.test(fold(text)) ?? false
}
