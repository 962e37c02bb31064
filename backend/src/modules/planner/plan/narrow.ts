import type { ConceptName, Lexeme, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { toldBeside } from './narrow-beside.ts'
import { calledSo, isPartOfName } from './narrow-names.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'
import {
  asksCost,
  isAboutLetters,
  isLetter,
  isOwnValue,
  isPhoneNumber,
  isStatus,
  isTag,
  pastAmount,
  phones,
  secondGroup,
  totalOf,
  valuesOfNamedField,
} from './narrow-shapes.ts'
import { asksHowLong, comingBirthday, isDateOfOwn, isFigureOfOwn, isUnit, ordersForAmount, placesNamed, runsOut, statusesOfNoun } from './narrow-words.ts'

/** Kinds that carry meaning of their own; between them only the whole sentence decides. */
const contentKinds = new Set<ReadingKind>(['entity', 'field', 'value', 'record', 'user', 'state', 'measure', 'verb', 'text', 'superlative', 'aggregate'])

/** Settles by their neighbours the small words that mean many things, so that few readings remain to be compared. */
export function narrowReadings(lexemes: readonly Lexeme[], world: World, hasMemory: boolean): Lexeme[] {
  const result: Lexeme[] = []
  lexemes.forEach((lexeme, index) => {
    const previous = result.at(-1)?.readings[0]?.reading
    const following = lexemes[index + 1]
    const readings = quotedByField(lexemes, index, world.language)
      ? [{ reading: { kind: 'text' as const, text: lexeme.text }, weight: 0.5 }]
      : narrow(lexeme, { previous, following, index, count: lexemes.length, hasMemory, world, lexemes, opening: opens(result) })
    result.push({ ...lexeme, readings })
  })
  return result
}

/** "with invoice in the subject": whatever "invoice" is elsewhere, here it is a word. */
function quotedByField(lexemes: readonly Lexeme[], index: number, language: World['language']): boolean {
  let at = index + 1
  while (at < index + 9 && can(lexemes[at], 'conjunction') && lexemes[at + 1] !== undefined) at += 2
  const [first, second, third] = lexemes.slice(at, at + 3)
  if (!says(first?.text ?? '', 'inField', language)) return false
  const field = says(second?.text ?? '', 'ofField', language) ? third : second
  return (
    field?.readings.some(({ reading }) => reading.kind === 'field' && ['subject', 'body', 'title', 'name', 'description'].includes(reading.concept)) ?? false
  )
}

/** Nothing but words of the sentence's frame came before. */
function opens(before: readonly Lexeme[]): boolean {
  return before.every(({ readings }) => ['filler', 'followUp', 'anaphor', 'conjunction'].includes(readings[0]?.reading.kind ?? 'filler'))
}

/** What is somebody's when "for me" stands behind it. */
const owned = new Set<ReadingKind>(['entity', 'state', 'period'])

/** What may come before a reason. */
const reasons = new Set(['to', 'on', 'over', 'for', 'because'])

/** Whether a word that may stand for an idea does so here. */
function fitsConcept(concept: ConceptName, { previous, following, lexemes, opening, hasMemory, count }: Place, rest: readonly Weighted[]): boolean {
  const names = lexemes.some((lexeme) => can(lexeme, 'record', 'unknown'))
  switch (concept) {
    case 'whether':
      return opening
    case 'similar':
      return can(following, 'record', 'unknown', 'anaphor', 'possessive') || rest.length === 0
    case 'colleague':
      return names && !lexemes.some((lexeme) => can(lexeme, 'me'))
    case 'sharing':
      return can(following, 'field', 'entity')
    case 'team':
      return previous !== undefined && ['value', 'record', 'text', 'unknown'].includes(previous.kind)
    case 'alsoBought':
      return !(hasMemory && count <= 3 && !names) && names
    case 'boughtTogether':
      return names
    case 'duplicate':
    case 'firstTime':
    case 'activity':
    case 'timeline':
    case 'correction':
      return true
  }
}

function narrow(lexeme: Lexeme, place: Place): Weighted[] {
  const kinds = new Set(lexeme.readings.map(({ reading }) => reading.kind))
  const only = (...wanted: ReadingKind[]) => lexeme.readings.filter(({ reading }) => wanted.includes(reading.kind))
  const { previous, following, hasMemory, index, world } = place
  const idea = lexeme.readings.find(({ reading }) => reading.kind === 'concept')
  if (idea?.reading.kind === 'concept') {
    const rest = lexeme.readings.filter((one) => one !== idea)
    if (fitsConcept(idea.reading.concept, place, rest)) return [idea]
    return rest.length === 0 ? [{ reading: { kind: 'filler' }, weight: -0.2 }] : narrow({ ...lexeme, readings: rest }, place)
  }
  // "Products over 2000": an amount, for nothing was recorded so long ago.
  const past = pastAmount(lexeme, world.language)
  if (past !== undefined) return [{ reading: { kind: 'comparison', op: 'gt', values: [past] }, weight: 0 }]
  // "Whose name starts with A": a letter is no article.
  if (isLetter(lexeme, place)) return [{ reading: { kind: 'text', text: lexeme.text }, weight: 0.5 }]
  if (isPhoneNumber(lexeme, place)) return [{ reading: { kind: 'field', concept: 'phone', options: phones }, weight: 0 }]
  // "How many Chiller Overhauls did hotels buy": so many of the product.
  const bought = place.lexemes.slice(index + 2).some((other) => other.readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'buy'))
  const product = following?.readings.some(({ reading }) => reading.kind === 'record' && reading.options.every(({ entity }) => entity === 'products'))
  if (kinds.has('count') && bought && product === true) return [{ reading: { kind: 'measure', measure: 'quantity' }, weight: 0 }]
  const told = toldBeside(lexeme, place)
  if (told !== undefined) return told
  // "What did Hamish bring in": what he sold.
  if ((previous?.kind === 'user' || previous?.kind === 'me') && says(lexeme.text, 'bringsIn', world.language))
    return [{ reading: { kind: 'verb', verb: 'sell' }, weight: 0 }]
  // "Won against Velmark": a competitor is no other side of a comparison.
  if (kinds.has('versus') && previous?.kind !== 'value' && following?.readings.some(({ reading }) => isOwnValue(reading)))
    return [{ reading: previous?.kind === 'field' ? { kind: 'filler' } : { kind: 'preposition', word: 'against' }, weight: 0 }]
  // "Whose warranty expires next month", "is running out": the date that the label is of.
  if (previous?.kind === 'field' && previous.part === true && isDateOfOwn(previous, world) && runsOut(lexeme, place))
    return [{ reading: { kind: 'verb', verb: 'due' }, weight: 0 }]
  // "How long does it take Dev to close a deal": what is done, and not what is to come.
  if (says(lexeme.text, 'infinitive', world.language) && kinds.has('state') && place.lexemes.slice(0, index).some(asksHowLong)) {
    const deed = lexeme.readings.find(({ reading }) => reading.kind === 'state' && reading.state === 'closing')
    if (deed !== undefined) return [{ reading: { kind: 'verb', verb: 'close' }, weight: 0 }]
  }
  // "How many deals did we open": what was done, and not what they are.
  const doer = place.lexemes[index - 1]
  const didSo = can(doer, 'user') && says(place.lexemes[index - 2]?.text ?? '', 'askedOfPast', world.language)
  if (kinds.has('state') && says(lexeme.text, 'opens', world.language) && (didSo || says(doer?.text ?? '', 'weDid', world.language)))
    return [{ reading: { kind: 'verb', verb: 'create' }, weight: 0 }]
  // "More than 2,500 square metres": in what a number is measured.
  if (isUnit(lexeme, place)) return [{ reading: { kind: 'filler' }, weight: 0 }]
  // "Expired warranties", told by the field that follows.
  if (
    says(lexeme.text, 'ranOut', world.language) &&
    following?.readings.some(({ reading }) => reading.kind === 'field' && reading.part && isDateOfOwn(reading, world))
  )
    return [{ reading: { kind: 'filler' }, weight: 0 }]
  // "Whose insurance has expired": told by the field before it, though no record holds the word.
  const dated = place.lexemes
    .slice(0, index)
    .some((other) => other.readings.some(({ reading }) => reading.kind === 'field' && reading.part && isDateOfOwn(reading, world)))
  if (dated && says(lexeme.text, 'ranOut', world.language) && lexeme.readings.every(({ reading }) => reading.kind === 'unknown'))
    return [{ reading: { kind: 'text', text: lexeme.text }, weight: 0 }]
  const birthday = comingBirthday(lexeme, place)
  if (birthday !== undefined) return birthday
  // "Surname March", "first name Will": whatever else is called so.
  if (isPartOfName(lexeme, place)) return [{ reading: { kind: 'text', text: lexeme.text }, weight: 0.5 }]
  // "Contacts called March": there is one.
  const called = calledSo(lexeme, place)
  if (called !== undefined) return called
  const placed = placesNamed(lexeme, place)
  if (placed !== undefined) return placed
  if (ordersForAmount(lexeme, place)) return [{ reading: { kind: 'measure', measure: 'revenue' }, weight: 0 }, ...only('verb')]
  if (lexeme.readings.length === 1) return [...lexeme.readings]
  // "Quotes sent but not accepted": a status of theirs, where the verb is of something else.
  const statuses = statusesOfNoun(lexeme, place)
  if (statuses.length > 0) return statuses
  const own = valuesOfNamedField(lexeme, place)
  if (own !== undefined) return own
  // "With only one order" compares; elsewhere "only" narrows or says nothing.
  if (kinds.has('comparator') && kinds.has('followUp')) {
    if ((previous?.kind === 'have' || previous?.kind === 'verb') && can(following, 'number')) return only('comparator')
    return narrow({ ...lexeme, readings: lexeme.readings.filter(({ reading }) => reading.kind !== 'comparator') }, place)
  }
  if (
    kinds.has('followUp') &&
    !(
      hasMemory &&
      (index === 0 ||
        index === place.count - 1 ||
        place.lexemes[index - 1]?.readings.some(({ reading }) => reading.kind === 'followUp' || reading.kind === 'conjunction'))
    )
  ) {
    const rest = lexeme.readings.filter(({ reading }) => reading.kind !== 'followUp')
    if (rest.length > 0) return narrow({ ...lexeme, readings: rest }, place)
  } else if (kinds.has('followUp') && index === 0 && !kinds.has('negation')) return only('followUp')
  if (previous?.kind === 'number' && can(following, 'number') && kinds.has('preposition')) return only('preposition')
  if (kinds.has('anaphor') && kinds.has('filler'))
    return hasMemory && !says(lexeme.text, 'it', world.language) ? only('anaphor') : only(hasMemory ? 'anaphor' : 'filler')
  const isCompared = can(following, 'comparator', 'comparison', 'number') || pastAmount(following, world.language) !== undefined
  // "Which are active and cost more than 3000", "which of them cost over 500": what they cost is their price.
  const joined = (previous?.kind === 'conjunction' || previous?.kind === 'anaphor') && !place.lexemes.slice(0, index).some((other) => can(other, 'have'))
  if (says(lexeme.text, 'cost', world.language) && kinds.has('verb') && joined && isCompared) return only('verb')
  // "What does it cost" asks for its price.
  if (asksCost(lexeme, place)) return only('verb')
  // "Products that cost more than 100" are told by their price.
  const cost = lexeme.readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'cost')
  const noun = place.lexemes.slice(0, index).findLast((other) => other.readings[0]?.reading.kind !== 'filler')
  if (cost && kinds.has('field') && can(noun, 'entity', 'value') && isCompared) return only('verb')
  if (kinds.has('shape') && kinds.size > 1 && says(lexeme.text, 'shapeWord', world.language)) return only('shape')
  if (kinds.has('comparator') && kinds.has('conjunction') && !can(following, 'number')) return only('conjunction')
  if (kinds.has('comparator') && (can(following, 'number') || previous?.kind === 'number')) return only('comparator')
  if (kinds.has('comparator') && kinds.size > 1 && !can(following, 'number'))
    return narrow({ ...lexeme, readings: lexeme.readings.filter(({ reading }) => reading.kind !== 'comparator') }, place)
  if (kinds.has('group') && kinds.has('preposition'))
    return can(following, 'user', 'record', 'me') && !can(following, 'entity', 'field') ? only('preposition') : only('group')
  if (kinds.has('group') && kinds.has('filler')) return can(following, 'entity', 'field') ? only('group') : only('filler')
  if (kinds.has('have') && kinds.has('filler')) return can(following, 'verb', 'negation', 'state') && !can(following, 'entity') ? only('filler') : only('have')
  if (kinds.has('have') && can(following, 'negation')) return [{ reading: { kind: 'filler' }, weight: 0 }]
  // "Any meetings for me" are mine; "find for me" is only polite.
  if (kinds.has('me') && kinds.has('filler')) return only(previous !== undefined && owned.has(previous.kind) ? 'me' : 'filler')
  if (kinds.has('negation') && kinds.has('filler')) return only('negation')
  // "Customers" are who buys, unless tags are named: "tagged enterprise and customer".
  if (lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.customer === true) && lexeme.readings.some(isTag)) {
    const listed = previous?.kind === 'conjunction' && place.lexemes[index - 2]?.readings.some(isTag) === true
    const named = previous?.kind === 'field' && previous.concept === 'tags'
    return listed || named ? lexeme.readings.filter(isTag) : narrow({ ...lexeme, readings: lexeme.readings.filter((one) => !isTag(one)) }, place)
  }
  // "Premium sites" have a grade that is called so.
  if (kinds.has('superlative') && kinds.has('value')) {
    const nouns = following?.readings.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading.entity] : [])) ?? []
    const graded = lexeme.readings.filter(
      ({ reading }) => reading.kind === 'value' && reading.options.some((one) => nouns.includes(one.entity) && one.path !== 'tags'),
    )
    if (graded.length > 0) return graded
  }
  // "Best seller" is asked of the figures, whatever is tagged so.
  if (kinds.has('superlative') && lexeme.readings.some(isTag) && !(previous?.kind === 'field' && previous.concept === 'tags')) return only('superlative')
  // "Have an e-mail", "without a phone": a field, though a choice of the workspace's own is called so.
  const said = place.lexemes.slice(0, index).filter((other) => !other.readings.every(({ reading }) => reading.kind === 'filler'))
  // "Without an e-mail or a phone": the second of two fields.
  const second = can(said.at(-1), 'conjunction') && can(said.at(-2), 'field')
  const until = second ? said.slice(0, -2) : said
  const telling = second ? until.findLast((other) => !can(other, 'conjunction')) : until.at(-1)
  if (kinds.has('value') && kinds.has('field') && can(telling, 'have', 'negation')) {
    const plain = lexeme.readings.filter(({ reading }) => !isOwnValue(reading))
    const registered = plain.some(({ reading }) => reading.kind === 'field' && reading.options.some(({ path }) => !path.startsWith('custom.')))
    if (registered && plain.length < lexeme.readings.length) return narrow({ ...lexeme, readings: plain }, place)
  }
  // "By owner": after by, per and each a field is a field, whatever values are called.
  if ((kinds.has('field') || kinds.has('entity')) && (previous?.kind === 'group' || previous?.kind === 'sort' || secondGroup(place))) {
    const fields = only('field', 'entity', 'count', 'measure', 'aggregate')
    if (fields.length > 0) return fields.sort((a, b) => b.weight - a.weight)
  }
  if (says(lexeme.text, 'new', world.language) && kinds.has('value')) {
    const statuses = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'status'))
    if (statuses.length > 0 && isStatus(place)) return statuses
  }
  // A job title that exists is meant before another word for customers.
  if (kinds.has('entity') && kinds.has('value') && !says(lexeme.text, 'customer', world.language)) {
    const titles = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'title'))
    const customers = lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.customer === true)
    if (customers && titles.length > 0) return titles
  }
  // "Whose framework has expired" is of the label "Framework expiry", whatever is tagged "framework".
  const labels = lexeme.readings.flatMap(({ reading }) => (reading.kind === 'field' && reading.part === true ? [reading.concept] : []))
  const goesOn = place.lexemes.some(
    (other) => other !== lexeme && other.readings.some(({ reading }) => reading.kind === 'field' && labels.includes(reading.concept)),
  )
  if (kinds.has('value') && goesOn) return only('field')
  // "Bought gateways but no sensors": what is bought is a product, whatever a field is called.
  const trading = (lexeme: Lexeme, ...verbs: string[]) => lexeme.readings.some(({ reading }) => reading.kind === 'verb' && verbs.includes(reading.verb))
  const buying = place.lexemes.slice(0, index).some((other) => trading(other, 'buy')) || place.lexemes.some((other) => trading(other, 'sell'))
  // "By number of panels": a figure of theirs that is called so.
  if (previous?.kind === 'count' && kinds.has('field') && kinds.has('value') && !buying && !can(following, 'entity')) {
    const figures = lexeme.readings.filter(({ reading }) => reading.kind === 'field' && reading.part === true && isFigureOfOwn(reading, world))
    if (figures.length > 0) return figures
  }
  const goods = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some(({ entity }) => entity === 'products'))
  if (buying && goods.length > 0 && kinds.has('field')) return goods
  // "Lost to price", "on price": what stands after such a word is a value that is called like a field.
  const bare = !can(following, 'comparator', 'comparison', 'number', 'value', 'text', 'field')
  if (kinds.has('value') && kinds.has('field') && previous?.kind === 'preposition' && reasons.has(previous.word) && bare) return only('value')
  // "Total value" adds up; "total" alone may be a field.
  // "Orders with a total under 500": each order's own.
  const totals = kinds.has('aggregate') ? totalOf(lexeme, place) : []
  if (totals.length > 0) return totals
  if (kinds.has('aggregate') && kinds.has('field') && can(following, 'field')) return only('aggregate')
  if (kinds.has('count') && kinds.has('aggregate')) return only(says(lexeme.text, 'distinct', world.language) ? 'aggregate' : 'count')
  if (kinds.has('superlative') && kinds.has('comparator')) return only('superlative')
  if (kinds.has('top') && kinds.has('followUp')) return only('top')
  // "E-mails from Sarah" are letters; "e-mails of Sarah" may be addresses.
  const letters = lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'emails' && reading.plural)
  const came = following !== undefined && says(following.text, 'came', world.language) ? place.lexemes[index + 2] : following
  if (letters && kinds.has('field') && came?.readings.some(({ reading }) => isAboutLetters(reading))) return only('entity')
  // "Working leads" have a status that is called so.
  const nouns = following?.readings.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading.entity] : [])) ?? []
  const described = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some(({ entity }) => nouns.includes(entity)))
  if (kinds.has('verb') && described.length > 0 && !says(lexeme.text, 'newly', world.language)) return described
  // "How much did they order" asks what they spent.
  const buys = lexeme.readings.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'buy')
  const amount = place.lexemes.slice(0, index).some((other) => can(other, 'ask') && says(other.text, 'howMuch', world.language))
  if (buys && amount && !says(lexeme.text, 'happened', world.language) && !can(following, 'entity', 'record', 'value', 'number', 'unknown', 'text'))
    return [{ reading: { kind: 'measure', measure: 'revenue' }, weight: 0 }]
  // "Which orders of Acme": no verb has an "of" behind it.
  const ofSome = following?.readings.some(
    ({ reading }) => reading.kind === 'preposition' && (reading.word === 'of' || (reading.word === 'from' && index === 0)),
  )
  if (kinds.has('entity') && kinds.has('verb') && ofSome === true) return only('entity')
  // "First order of each customer", "last order per customer".
  if (kinds.has('entity') && kinds.has('verb') && previous?.kind === 'top' && can(following, 'group')) return only('entity')
  // "Which orders include ...": what "which" asks for is a noun.
  if (kinds.has('entity') && kinds.has('verb') && previous?.kind === 'ask' && (previous.word === 'which' || previous.word === 'what')) {
    const nouns = lexeme.readings.filter(({ reading }) => reading.kind === 'entity' && reading.plural)
    if (nouns.length > 0) return nouns
  }
  if (kinds.has('entity') && kinds.has('verb'))
    return lexeme.readings
      .map((one) =>
        one.reading.kind === 'verb' ? { ...one, weight: one.weight - (previous?.kind === 'negation' || previous?.kind === 'ask' ? 0.1 : 0.4) } : one,
      )
      .sort((a, b) => b.weight - a.weight)
  if (previous?.kind === 'field' && previous.concept === 'tags') {
    const tags = lexeme.readings.filter(({ reading }) => reading.kind === 'value' && reading.options.some((option) => option.path === 'tags'))
    if (tags.length > 0) return tags
  }
  const content = lexeme.readings.filter(({ reading }) => contentKinds.has(reading.kind))
  if (content.length > 0 && kinds.has('filler')) {
    // A filler that is also a keyword is a keyword, but it may still turn out to say nothing.
    return [...content, ...only('filler').map((filler) => ({ ...filler, weight: filler.weight - 0.6 }))].sort((a, b) => b.weight - a.weight)
  }
  return [...lexeme.readings].sort((a, b) => b.weight - a.weight)
}
