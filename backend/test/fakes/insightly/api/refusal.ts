/** A request that is refused, in one of the forms in which the real server does it: plain text, `{"Message"}`, a page, nothing. */
export class Refusal extends Error {
  readonly status: number
  readonly form: 'text' | 'json' | 'empty'

  constructor(status: number, message: string, form: 'text' | 'json' | 'empty' = 'text') {
    super(message)
    this.status = status
    this.form = form
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, message, 'json')
}

export function notFound(what: string): Refusal {
  return new Refusal(404, `${what} was not found.`)
}

/** What a path without this verb, or a collection in the wrong number, answers. */
export function wrongVerb(method: string): Refusal {
  return new Refusal(405, `The requested resource does not support http method '${method}'.`, 'json')
}
