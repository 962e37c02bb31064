/** Words that announce a secret, and forms that only secrets have. */
const announced =
  /\b(pass(word|phrase|code|wort)|kennwort|geheimzahl|pin|tan|cvv|cvc|api[ -]?key|secret( key)?|access[ -]?token|private key|recovery code|(social security|passport|credit card|kreditkarten|ausweis)[ -]?(number|nummer)?)\b/i
const forms = [
  /-----BEGIN [A-Z ]+-----/,
  /\b(sk|pk|rk)[-_][A-Za-z0-9_-]{16,}/,
  /\b(ghp|gho|ghs|github_pat|xox[abprs]|glpat|csg|whsec)[-_][A-Za-z0-9_-]{10,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
  /:\/\/[^\s:/@]*:[^\s/@]+@/,
]

/** Whether a text holds what nobody should keep: keys, passwords, numbers of cards and accounts. */
export function holdsSecret(text: string): boolean {
  return announced.test(text) || forms.some((form) => form.test(text)) || holdsCard(text) || holdsAccount(text) || holdsToken(text)
}

function holdsCard(text: string): boolean {
  return [...text.matchAll(/\d(?:[ -]?\d){12,18}/g)].some(([digits]) => isLuhn(digits.replace(/\D/g, '')))
}

/** ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

function holdsAccount(text: string): boolean {
  return /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/.test(text)
}

/** Letters and digits that no word is made of. */
function holdsToken(text: string): boolean {
  return (text.match(/[A-Za-z0-9+/_-]{24,}/g) ?? []).some((word) => /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word))
}
