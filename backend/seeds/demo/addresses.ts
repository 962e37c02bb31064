import { fold } from '#contracts/fold.ts'
import type { City, Country } from './names/places.ts'
import type { Random } from './random.ts'

const slugs = new Map<string, string>()
const maxSlugs = 50_000

/** Letters and digits of a text, for the parts of an e-mail address or domain; the words are few, so each is worked out once. */
export function slug(text: string, joint = ''): string {
  return text.split(' ').map(slugOfWord).filter(Boolean).join(joint)
}

function slugOfWord(word: string): string {
  let plain = slugs.get(word)
  if (plain === undefined) {
    plain = fold(word.replaceAll('&', 'and')).replace(/[^a-z0-9]+/g, '')
    if (slugs.size >= maxSlugs) slugs.clear()
    slugs.set(word, plain)
  }
  return plain
}

export function drawPhone(random: Random, country: Country, city: City): string {
  let line = ''
  for (let digit = 0; digit < country.lineDigits; digit++) line += random.int(0, 9)
  const number = city.dial + line
  // Written the several ways in which people write telephone numbers.
  if (country.code === 'US' || country.code === 'CA') {
    const [area, exchange, rest] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)]
    return random.weighted([
      [`+1 ${area}-${exchange}-${rest}`, 6],
      [`+1 (${area}) ${exchange}-${rest}`, 3],
      [`+1${number}`, 1],
    ])
  }
  return `+${country.dialCode} ${number.slice(0, -5)} ${number.slice(-5)}`
}

export function drawPostcode(random: Random, country: Country): string {
  return country.postcode.replace(/[#A]/g, (place) => (place === '#' ? String(random.int(0, 9)) : 'ABCDEFGHJKLMNPRSTUVWXY'.charAt(random.int(0, 21))))
}

export function drawStreet(random: Random, country: Country): string {
  const street = random.pick(country.streets)
  const number = random.int(1, 240)
  return country.region === 'North America' || country.code === 'GB' || country.code === 'IE' || country.code === 'AU'
    ? `${number} ${street}`
    : `${street} ${number}`
}
