/** How far down lists were left, by entry of the browser's history: whoever goes back is where they were, a new visit begins at the top. */
const places = new Map<string, number>()

/** The router names each entry of the history. */
const entry = (): string | undefined => (history.state as { __TSR_key?: string } | null)?.__TSR_key

export function keepScroll(top: number): void {
  const key = entry()
  if (key !== undefined) places.set(key, top)
}

export const keptScroll = (): number => places.get(entry() ?? '') ?? 0
