import { germanPlaces, germanValues } from './de-places.ts'
import { englishAliases, englishPlaceNames } from './en-places.ts'

/** @param lists in each, the name in the data and then others for it */
function withOthers(known: ReadonlyMap<string, readonly string[]>, lists: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const map = new Map(known)
  for (const list of lists) {
    const [name = '', ...others] = list.split('|')
    const names = [name, ...(known.get(name) ?? [])]
    for (const other of others)
      map.set(
        other,
        [...new Set([...(map.get(other) ?? []), ...names])].filter((one) => one !== other),
      )
  }
  return map
}

/** Every other spelling of a folded place or trade, in any language, without itself. */
export const placeAliases = withOthers(englishAliases, germanPlaces)

/** The same, with what values of other fields are called in other languages. */
export const valueAliases = withOthers(placeAliases, germanValues)

/** Names of countries and states in any language; a place may exist though nothing in the records lies there. */
export const placeNames: ReadonlySet<string> = new Set([
  ...englishPlaceNames,
  ...germanPlaces.flatMap((list) => (englishPlaceNames.has(list.split('|')[0] ?? '') ? list.split('|') : [])),
])
