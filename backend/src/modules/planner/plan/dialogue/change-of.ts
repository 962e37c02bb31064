import type { PlannerContext, PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { defaultPageSize } from '../compile.ts'
import { applyFollowUp, isFollowUp } from '../follow-up.ts'
import { explainedByConversation } from '../follow-up-conditions.ts'
import { rankGroups, worthMost } from '../follow-up-ranking.ts'
import type { Frame } from '../frame.ts'
import { loneField } from '../infer-head.ts'
import { type Interpretation, interpret } from '../interpret.ts'
import type { ReadQuestion } from '../read-question.ts'
import { carryOver, countsOnly, figureOnly, measuredAgain, namesOnly } from './carry.ts'
import { joinsValues, mayLieAhead } from './clearer.ts'
import { answerable } from './confidence.ts'
import { withHeldRecords } from './held-records.ts'
import {
  boughtByShown,
  fieldsOfRanked,
  figureOfRanked,
  groupedByShown,
  listOfRanked,
  ofTheOneShown,
  placedByShown,
  postAtShown,
  referenceOfShown,
  soldOfRanked,
} from './of-shown.ts'
import {
  asFieldsOf,
  holdsEmail,
  inWhich,
  isPartOfShown,
  isPersonal,
  nounBeforePointer,
  pointedAtPerson,
  pointedBack,
  pointsAhead,
  pointsOutside,
} from './point-back.ts'
import { rateAgain } from './rate-again.ts'
import { isRanked, recordsOfRanked } from './records-of.ts'
import { fieldOfPerson, referredField } from './referred-field.ts'
import { figureOfSame, speaksOfAll } from './same-records.ts'
import { sortedByHeld } from './sorted-by-held.ts'
import { standsAlone } from './stands-alone.ts'
import { totalOfGroups } from './total-of-groups.ts'
import { colleaguesOfShown, linesOfShown, othersOfPerson } from './within-record.ts'

export interface Change {
  best: Interpretation
  frame: Frame
  /** It changes the answer before, rather than asking something new of what that showed. */
  followed: boolean
}

/** What a message makes of the answer before it; undefined when it stands alone. */
export function changeOf(
  message: string,
  read: ReadQuestion,
  own: Interpretation | undefined,
  previous: PlannerTurn,
  corrects: boolean,
  context: PlannerContext,
): Change | undefined {
  const { world } = read
  // "Contacts of those" are other records than those.
  const isOther = own !== undefined && own.frame.entity !== previous.frame.entity && nounBeforePointer(own)
  const isPart = isPartOfShown(message, world.language) && !isOther
  const lexemes =
    isPart ||
    isLoneWord(read.lexemes) ||
    (own !== undefined && holdsEmail(own, previous.frame.entity)) ||
    (own?.frame.entity === 'emails' && namesOnly(own) && own.state.followUp.size > 0)
      ? asFieldsOf(previous.frame.entity, read.lexemes)
      : read.lexemes
  const inContext = interpret(lexemes, world, { hasMemory: true, context: previous.frame.entity })[0]
  const ahead = mayLieAhead(previous.frame)
  const fits = (one: Interpretation | undefined) => {
    if (one === undefined) return false
    const explained = one === inContext ? explainedByConversation(one.state, previous.frame) : new Set()
    const open = one.unexplained.filter((word) => !explained.has(word) && !(ahead && word === 'future'))
    return open.length === 0 && one.score + 3 * (one.unexplained.length - open.length) >= answerable
  }
  const apply = () => {
    if (inContext === undefined || !fits(inContext)) return undefined
    const frame = applyFollowUp(inContext, previous, context.pageSize ?? defaultPageSize, { joins: joinsValues(message, world.language), corrects })
    return frame === undefined
      ? undefined
      : { best: { ...inContext, unexplained: [], score: inContext.score + 3 * inContext.unexplained.length }, frame, followed: true }
  }
  const held = withHeldRecords(read.lexemes, previous, world)
  if (held !== undefined && !corrects) return { ...held, followed: true }
  if (own !== undefined && holdsEmail(own, previous.frame.entity) && inContext !== undefined && lexemes !== read.lexemes) {
    const change = apply()
    if (change !== undefined) return change
  }
  const figures = own === undefined || corrects ? undefined : figureOfRanked(own, previous)
  if (own !== undefined && figures !== undefined) return { best: own, frame: figures, followed: true }
  const listed = isPart && !corrects ? listOfRanked(previous) : undefined
  if (listed !== undefined) return changeOf(message, read, own, listed, corrects, context)
  if (isPart && inContext?.state.anaphor === true) {
    const change = apply()
    if (change !== undefined) return change
  }
  // Who moved most is no group of what was compared.
  if (previous.frame.derive === 'compare' && inContext?.state.superlative !== undefined && inContext.state.phrases.every(({ at }) => at < 0))
    return unclear(inContext)
  const worth = inContext === undefined || corrects ? undefined : worthMost(inContext.state, previous.frame)
  if (inContext !== undefined && worth === 'unclear') return unclear(inContext)
  if (inContext !== undefined && worth !== undefined && worth !== 'unclear') return meant(inContext, worth, true)
  const inEach = own === undefined || corrects ? undefined : groupedByShown(own, previous.frame)
  if (own !== undefined && inEach !== undefined) return meant(own, inEach, false)
  const byHeld = own === undefined || corrects ? undefined : sortedByHeld(own, previous.frame)
  if (own !== undefined && byHeld !== undefined) return meant(own, byHeld, true)
  const asked =
    own === undefined || corrects
      ? undefined
      : (inWhich(own, previous) ?? soldOfRanked(own, previous) ?? placedByShown(own, previous) ?? boughtByShown(own, previous) ?? postAtShown(own, previous))
  if (own !== undefined && asked !== undefined) return { best: own, frame: asked, followed: false }
  const colleagues = own === undefined || corrects ? undefined : colleaguesOfShown(own, previous)
  if (own !== undefined && colleagues !== undefined) return { best: own, frame: colleagues, followed: false }
  const reading = inContext ?? own
  const ofRanked = reading === undefined || corrects ? undefined : fieldsOfRanked(reading, previous)
  if (reading !== undefined && ofRanked !== undefined) return meant(reading, ofRanked, false)
  // "Who owns the first?" of groups: they are not the records that were shown.
  if (
    previous.frame.kind === 'groups' &&
    inContext?.state.verb === 'own' &&
    inContext.state.superlative !== undefined &&
    own?.state.phrases.every(({ at }) => at < 0)
  )
    return unclear(inContext)
  const rated = own === undefined || corrects || speaksOfAll(message, own) ? undefined : rateAgain(own, previous.frame)
  if (own !== undefined && rated === 'unclear') return unclear(own)
  if (own !== undefined && rated !== undefined && rated !== 'unclear') return { best: own, frame: rated, followed: true }
  const total = inContext === undefined || corrects ? undefined : totalOfGroups(inContext, previous.frame)
  if (inContext !== undefined && total !== undefined) return { best: inContext, frame: total, followed: true }
  const same = own === undefined || corrects ? undefined : figureOfSame(message, own, previous)
  if (own !== undefined && same !== undefined) return { best: own, frame: same, followed: true }
  const referenced = own === undefined || corrects ? undefined : referenceOfShown(own, previous)
  if (own !== undefined && referenced !== undefined) return { best: own, frame: referenced, followed: true }
  const present = own === undefined || corrects ? undefined : ofTheOneShown(message, own, previous)
  if (own !== undefined && present !== undefined) return { best: own, frame: present, followed: false }
  const others = inContext === undefined || corrects || !isPersonal(inContext) ? undefined : othersOfPerson(inContext, previous)
  if (inContext !== undefined && others !== undefined) return meant(inContext, others, false)
  const lines = inContext === undefined || corrects ? undefined : linesOfShown(inContext, previous)
  if (inContext !== undefined && lines !== undefined) return meant(inContext, lines, false)
  const ofPerson = fieldOfPerson(read.lexemes, own, previous, world)
  if (ofPerson !== undefined) return { ...ofPerson, followed: false }
  // "Value?", "stage?": a field of what was shown, whatever else has one of that name.
  if (!corrects && inContext !== undefined && loneField(inContext.state.items) !== undefined && own?.frame.entity !== previous.frame.entity) {
    const change = apply()
    if (change !== undefined) return change
  }
  const referred = own === undefined || corrects ? undefined : referredField(own, previous)
  if (own !== undefined && referred !== undefined) return { best: own, frame: referred, followed: true }
  const pointed = own === undefined ? undefined : (pointedAtPerson(own, previous) ?? pointedBack(own, previous))
  if (own !== undefined && pointed !== undefined) return { best: own, frame: pointed, followed: false }
  const leans =
    own !== undefined &&
    (corrects ||
      own.state.items[0]?.reading.kind === 'conjunction' ||
      own.state.followUp.has('about') ||
      own.state.followUp.has('and') ||
      own.state.followUp.has('instead') ||
      own.state.followUp.has('same'))
  if (
    leans &&
    fits(own) &&
    own.frame.entity !== previous.frame.entity &&
    own.selfSufficient &&
    lexemes === read.lexemes &&
    (namesOnly(own) || countsOnly(own, previous.frame))
  )
    return { best: own, frame: carryOver(previous.frame, own, world), followed: true }
  if (leans && fits(own) && lexemes === read.lexemes && figureOnly(own, previous.frame)) {
    const frame = measuredAgain(previous.frame, own, world)
    // Groups that the other figure does not have would be lost without a word.
    const kept = frame.groupBy.length === previous.frame.groupBy.length
    return { best: kept ? own : { ...own, unexplained: [...own.unexplained, '?'] }, frame, followed: true }
  }
  // "Only deals over 10k" after deals: fewer of them.
  const narrowing = own?.state.followUp.has('only') === true && own.frame.entity === previous.frame.entity && own.state.phrases.length === 1
  if (narrowing && !corrects) {
    const change = apply()
    if (change !== undefined) return change
  }
  // Groups of the first ten are no query's: those of all would be others.
  const { kind, limit, sort } = previous.frame
  const cut = kind === 'list' && limit !== undefined && sort.length > 0
  if (cut && inContext !== undefined && inContext.state.groups.length > 0 && isFollowUp(inContext, previous)) return unclear(inContext)
  // "Which industry is the best?" of figures by industry.
  const among = previous.frame.kind === 'groups' && inContext?.state.superlative !== undefined && inContext.state.asks.includes('which')
  if (among && !corrects && own?.state.phrases.every(({ at }) => at < 0)) {
    const ranked = rankGroups(inContext.state, previous.frame, inContext.frame)
    if (ranked !== undefined) return meant(inContext, ranked, true)
  }
  const sameNoun = leans && own.frame.entity === previous.frame.entity && namesOnly(own)
  if (!corrects && standsAlone(message, own, inContext, previous)) return undefined
  // "Its deals" after the industry with the most.
  if (!corrects && own !== undefined && pointsAhead(own) && own.frame.entity === previous.frame.entity && isRanked(previous.frame)) {
    const records = own.frame.kind === 'list' && own.unexplained.length === 0 ? recordsOfRanked(previous) : undefined
    if (records === undefined) return unclear(own)
    return { best: own, frame: { ...records, constraints: [...records.constraints, ...own.frame.constraints] }, followed: true }
  }
  // "His open deals" where no person was told of.
  if (!corrects && own !== undefined && isPersonal(own) && own.selfSufficient && own.frame.entity !== previous.frame.entity) return undefined
  if (
    inContext !== undefined &&
    ((isFollowUp(inContext, previous) && (!inContext.state.anaphor || pointsOutside(inContext) || !inContext.selfSufficient)) || sameNoun)
  ) {
    const change = apply()
    if (change !== undefined) return change
  }
  // "By product category" is about what was shown, and not about all products.
  const opening = own?.state.items.find(({ reading }) => reading.kind !== 'filler')
  if (!corrects && own !== undefined && opening?.reading.kind === 'group') return unclear(own)
  return undefined
}

/** It leans on the answer before, and what it makes of it is not known. */
function unclear(reading: Interpretation): Change {
  return { best: { ...reading, unexplained: ['?'] }, frame: reading.frame, followed: true }
}

/** What a message means after the answer before, whatever it was by itself. */
function meant(reading: Interpretation, frame: Frame, followed: boolean): Change {
  return { best: { ...reading, unexplained: [], score: 0 }, frame, followed }
}

/** "E-mail?": one word that may name a field, and no records. */
function isLoneWord(lexemes: ReadQuestion['lexemes']): boolean {
  const said = lexemes.filter(({ readings }) => readings[0]?.reading.kind !== 'filler')
  return said.length === 1 && said.every(({ readings }) => readings.every(({ reading }) => reading.kind !== 'entity' || !reading.plural))
}
