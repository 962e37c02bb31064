const weekdays: Readonly<Record<string, string>> = {
  monday: 'Montag',
  tuesday: 'Dienstag',
  wednesday: 'Mittwoch',
  thursday: 'Donnerstag',
  friday: 'Freitag',
  saturday: 'Samstag',
  sunday: 'Sonntag',
}
const english = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const months = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember']
const anyWeekday = Object.keys(weekdays).join('|')
const anyMonth = english.join('|')

/** A day with its month in German. */
export function dateOf(text: string): string {
  return text.replace(new RegExp(`(\\d{1,2}) (${anyMonth})\\b`), (_, day: string, month: string) => `${day}. ${months[english.indexOf(month)] ?? month}`)
}

const plain: Readonly<Record<string, string>> = {
  today: 'heute',
  tomorrow: 'morgen',
  'day after tomorrow': 'übermorgen',
  'next week': 'nächste Woche',
  'end of the week': 'Ende der Woche',
  'end of the month': 'Ende des Monats',
  'end of the quarter': 'Ende des Quartals',
  'end of the year': 'Ende des Jahres',
  'end of next week': 'Ende nächster Woche',
  'end of next month': 'Ende nächsten Monats',
  'end of next quarter': 'Ende nächsten Quartals',
  'end of next year': 'Ende nächsten Jahres',
  'this month': 'diesen Monat',
  'next month': 'nächsten Monat',
  'this quarter': 'dieses Quartal',
  'next quarter': 'nächstes Quartal',
  'this year': 'dieses Jahr',
  'next year': 'nächstes Jahr',
}
/** After "in". */
const ahead: Readonly<Record<string, string>> = {
  day: 'Tag',
  days: 'Tagen',
  week: 'Woche',
  weeks: 'Wochen',
  month: 'Monat',
  months: 'Monaten',
  hour: 'Stunde',
  hours: 'Stunden',
  minute: 'Minute',
  minutes: 'Minuten',
}

function dayInGerman(said: string): string | undefined {
  if (plain[said] !== undefined) return plain[said]
  const [, which = '', weekday = '', after = ''] = new RegExp(`^(?:(next|this) )?(${anyWeekday})( next week)?$`).exec(said) ?? []
  if (weekday !== '') return `${{ next: 'nächsten ', this: 'diesen ' }[which] ?? ''}${weekdays[weekday]}${after === '' ? '' : ' nächster Woche'}`
  const [, month = '', date = '', year = ''] = new RegExp(`^(${anyMonth}) (\\d{1,2})(?: (\\d{4}))?$`, 'i').exec(said) ?? []
  const index = english.findIndex((name) => name.toLowerCase() === month)
  if (index >= 0) return `${date}. ${months[index]}${year === '' ? '' : ` ${year}`}`
  const [, iso = '', isoMonth = '', isoDay = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said) ?? []
  if (iso !== '') return `${Number(isoDay)}. ${months[Number(isoMonth) - 1] ?? isoMonth} ${iso}`
  const [, amount = '', unit = ''] = /^in (\d+) (\w+)$/.exec(said) ?? []
  return ahead[unit] === undefined ? undefined : `in ${amount} ${ahead[unit]}`
}

/** "Friday at 15:00", as a German instruction is read, in German again; undefined for what is no time. */
export function momentInGerman(text: string): string | undefined {
  const [, day = '', time = ''] = /^(.*?)(?:(?:^| )at (\d{1,2}:\d{2}))?$/s.exec(text.toLowerCase()) ?? []
  const said = day === '' ? '' : dayInGerman(day)
  if (said === undefined || (said === '' && time === '')) return undefined
  return [said, time === '' ? '' : `um ${time} Uhr`].filter((part) => part !== '').join(' ')
}
