import { clean } from '#backend/modules/planner/commands/message.ts'
import { aside, type Wording } from './wording.ts'

/** A field as it is called where it is read, by what a part of a list begins with. */
const fields: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:his|her|their|with|the|seine|ihre|mit|der|die|das) )*(?:source|quelle):? (?:is |ist )?(.+)$/i, 'source'],
  [/^(?:(?:his|her|their|with|the) )*(?:rating|rated|bewertung):? (?:is |ist )?(.+)$/i, 'rating'],
  [/^(?:(?:his|her|their|with|the|seine|ihre) )*(?:mobile(?: number)?|cell|mobil(?:nummer)?|handy(?:nummer)?):? (?:is |ist )?(.+)$/i, 'mobile'],
  [/^(?:(?:his|her|their|with|the|seine|ihre|mit) )*(?:phone(?: number)?|tel\.?|telefon(?:nummer)?):? (?:is |ist )?(.+)$/i, 'phone'],
  [/^(?:(?:his|her|their|with|the|seine|ihre|mit) )*(?:e-?mail(?: address)?|e-?mail-?adresse|mail):? (?:is |ist )?(.+)$/i, 'email'],
  [/^(?:(?:his|her|their|with|the) )*(?:job title|title|position|role|titel):? (?:is |ist )?(.+)$/i, 'job title'],
  [/^(?:(?:with|the|in the) )*(?:industry|branche):? (?:is |ist )?(.+)$/i, 'industry'],
  [/^(?:status):? (.+)$/i, 'status'],
]
const particles = '(?:van|von|de|der|den|di|da|del|la|le|bin|al|el|zu|y)'
const name = `(\\p{Lu}[\\p{L}\\p{M}'’.-]*(?: (?:${particles} )*\\p{Lu}[\\p{L}\\p{M}'’.-]*){0,3})`
const organisation = '((?!The\\b)[\\p{Lu}\\d][^,;:⟦]{1,60}?)'
const startsWithName = new RegExp(`^${name}(?=$|,|:| (?!${particles} ))`, 'u')
const works =
  /^(?:(?:who |he |she |they )?(?:works?|working|is|are|'s) (?:for|at|with)|from|of|at|to|bei|von|firma|company|organisation|unternehmen)(?: der firma)?:? /i
const ownedBy =
  /^(?:for|owner|owned by|assigned to|assign (?:her|him|them|it) to|betreuer|besitzer|für):? (me|mir|mich|\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,2})$/iu
const address = /(?:\bwith (?:the )?(?:e-?mail)(?: address)? |\be-?mail:? )?(?<![\p{L}\p{N}.])([^\s,()<>[\]@]+@[^\s,()<>[\]@]+\.\p{L}{2,})/u
const phone = /(?<![\p{L}\p{N}@.])(\+?\(?\d[\d() ./-]{6,}\d)(?![\p{L}\p{N}:@])/u

/**
 * A person to be added, from a list such as "Marta Silva, marta@nova.example, NovaLab, source Referral", in the words that are read.
 * @returns undefined where a part of the list may be anything
 */
export function personSaid(kind: 'contact' | 'lead', list: string, wording: Wording): string | undefined {
  // "For Sofia: Robin Castle" is a new one whom Sofia gets.
  const given = /^(?:for|für) (me|mich|[^:,]{2,40}): (.+)$/i.exec(list)
  if (given !== null) return personSaid(kind, `${given[2]}, ${/^(?:me|mich)$/i.test(given[1] ?? '') ? 'for me' : `owner ${given[1]}`}`, wording)
  const said = clean(list.replace(/^(?:called|named|by the name of|namens|mit (?:dem )?namen|for|für)\s+/i, ''))
  const who = startsWithName.exec(said)?.[1] ?? /^⟦\d+⟧/.exec(said)?.[0]
  if (who === undefined) return undefined
  if (company.test(who)) return undefined
  const told: string[] = []
  const email = address.exec(said.slice(who.length))
  if (email !== null) told.push(`with email ${email[1]}`)
  const rest = said.slice(who.length).replace(address, ', ')
  const parts = rest
    // "His phone is +31 15 555": the word before it says which number it is.
    .split(
      /\s*[,;]\s*(?:and |und )?|\s+(?:and|und)\s+(?=(?:his|her|their|seine|ihre|with|mit)\b)|\s+(?=(?:from|at|to|bei|with (?:phone|mobile|source|rating)|who works|works)\b)|(?<!\b(?:his|her|their|seine|ihre|with|mit|the))\s+(?=(?:source|telefon|phone|quelle)\b)/iu,
    )
    .map(clean)
    .filter((part) => part !== '' && !/^(?:and|und|with|mit|an|hinzu|ein|she|he|they|who)$/i.test(part))
  const bare: string[] = []
  for (const part of parts) {
    const words = partSaid(part, wording)
    if (words !== undefined) told.push(words)
    else if (new RegExp(`^${organisation}$`, 'u').test(part) && !/\d{4,}|@/.test(part) && !clause.test(part)) bare.push(part)
    else return undefined
  }
  // What stands by itself is a job or a company.
  const hasCompany = told.some((one) => one.startsWith('from '))
  const jobs = bare.filter((one) => job.test(one) || (hasCompany && bare.length === 1))
  const companies = bare.filter((one) => !jobs.includes(one))
  if (jobs.length > 1 || companies.length > (hasCompany ? 0 : 1)) return undefined
  told.push(...jobs.map((one) => `with job title ${aside(one, wording)}`), ...companies.map((one) => `from ${aside(one, wording)}`))
  return `add a new ${kind} called ${/^⟦/.test(who) ? who : aside(who, wording)} ${told.join(' ')}`.trim()
}

/** "Lena looks after her" is no company. */
const clause =
  /(?<!\p{L})(?:her|him|them|it|he|she|they|their|his|this|that|is|are|was|were|has|have|had|will|would|should|can|could|must|wants?|needs?|owns|handles|knows|likes|takes|looks|gets|manages|asked|said|met|sie|ihn|ihr|er|ist|hat|wird|will|soll)(?!\p{L})/u

/** What is called so is no person. */
const company = /\b(?:ltd|inc|gmbh|ag|kg|llc|corp|plc|company|group|foods|labs?|university|institute|hospital)\b\.?$/i

const job =
  /\b(?:manager|director|head|chief|lead|officer|president|vp|ceo|cto|cfo|coo|cio|engineer|scientist|associate|assistant|specialist|clerk|buyer|consultant|analyst|professor|postdoc|investigator|owner|founder|partner|leiter(?:in)?|geschäftsführer(?:in)?|einkäufer(?:in)?)\b/i

function partSaid(part: string, wording: Wording): string | undefined {
  const field = fields.map(([pattern, path]) => ({ path, value: pattern.exec(part)?.[1] })).find(({ value }) => value !== undefined)
  if (field?.value !== undefined) return `with ${field.path} ${/^[\d+(@]|@|⟦/.test(field.value) ? field.value : aside(field.value, wording)}`
  const number = phone.exec(part)?.[1]
  if (number !== undefined && clean(part) === clean(number)) return `with phone ${number}`
  const owner = ownedBy.exec(part)?.[1]
  if (owner !== undefined) return `assigned to ${/^(?:mir|mich)$/i.test(owner) ? 'me' : owner}`
  const employed = works.test(part) ? new RegExp(`^${organisation}$`, 'u').exec(part.replace(works, ''))?.[1] : undefined
  return employed === undefined ? undefined : `from ${aside(employed, wording)}`
}
