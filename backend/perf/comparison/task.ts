/** What every loop is asked to do: a call of the model, one of the tool, and a second call that answers. */
export const instructions = `You look after the orders of a small company. Look an order up before you say anything about it, answer in
whole sentences and in the language of the question, and do not change anything.`

export const question = 'What does order 4711 come to, and is it paid?'
export const modelName = 'stand-in'

export const lookup = {
  name: 'orders_lookup',
  description: 'Finds an order by its number: what it comes to, and whether it is paid.',
  run: (order: string) => JSON.stringify({ order, total: '129.90', currency: 'EUR', paid: order === '4711' }),
}

/** Forty words, with the sum that only the tool can have told. */
export function answerWith(total: string): string {
  return `Order 4711 comes to ${total} EUR and has been paid, so there is nothing left to do about it: the goods went out on Monday, arrived on Wednesday, and nobody has asked for any of them to be taken back.`
}

export const expected = answerWith('129.90')

/** What a loop is given. */
export interface LoopTask {
  modelUrl: string
  model: string
  instructions: string
  question: string
  lookup: typeof lookup
}

/** Runs the task once. @returns the whole answer as it was streamed */
export type Loop = () => Promise<string>
