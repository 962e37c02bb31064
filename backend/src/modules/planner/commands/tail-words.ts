/** Words of which the patterns of what follows a noun are made. */
export const relative =
  "(?:(?:that|who|which)(?: (?:are|is|were|was)|(?:'re|'s))?(?: (?:currently|still|now|already))?(?: (?:waiting|sitting|stuck|pending)(?= in\\b))?|(?:who|that)|(?:waiting|sitting|stuck|pending)(?= in\\b)|ended up(?: as)?|turned out(?: to be)?|currently|still|and|but|,|are|is|was|were)"

export const not = "(?:haven't|have not|hasn't|has not|didn't|did not|never)"
export const answered = '(?:responded|replied|answered|reacted|respond|reply|answer|react|got(?:ten)? back|come back)(?: to us)?'
export const offered = '(?: to)? (?:a|the|our|their|any)? ?(?:proposals?|offers?|quotes?)'
export const since = `(?:in|for|within|over|during|since)(?: (?:the|at least|more than|over))*(?: (?:last|past|previous))?`
export const any = '(.+)'
export const some = '(.+?)'
