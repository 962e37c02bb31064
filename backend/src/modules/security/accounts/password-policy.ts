import { AppError } from '#backend/kernel/errors.ts'

export const shortestPassword = 12
export const longestPassword = 200

/** Words of the person, which whoever guesses tries first. */
export interface PasswordOwner {
  name?: string | undefined
  email?: string | undefined
}

type Judge = (password: string) => { score: number }
let judge: Promise<Judge> | undefined

/** Lists of leaked passwords and the ways people vary them; half a second to load, so only when somebody chooses one. */
async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  // Bounded, because matching takes longer than linear time; what follows can only make a password stronger.
  return (password) => factory.check(password.slice(0, 72))
}

/**
 * Refuses a password that is too short, or that a list of leaked ones and their usual variations gives away (NIST SP 800-63B, 5.1.1.2).
 * @throws AppError VALIDATION with the reason
 */
export async function refuseWeakPassword(password: string, owner: PasswordOwner = {}): Promise<void> {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (!text.isWellFormed()) throw weak('holds half a character (a broken surrogate). Choose another one.')
  if (length < shortestPassword) throw weak(`needs at least ${shortestPassword} characters.`)
  if (length > longestPassword) throw weak(`may have at most ${longestPassword} characters.`)
  if (isOwn(text, owner)) throw weak('must not be your name or your e-mail address.')
  judge ??= loadJudge()
  const { score } = (await judge)(text)
  if (score < 2) throw weak('is among those that are guessed first, or close to one. Choose a longer one, such as four words that do not belong together.')
}

function isOwn(password: string, { name, email }: PasswordOwner): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  return [name, email, email?.split('@')[0]].some((own) => own !== undefined && plain(own) !== '' && plain(own) === plain(password))
}

function weak(reason: string): AppError {
  return new AppError('VALIDATION', `The password ${reason}`, { details: [{ field: 'password', message: reason }] })
}
