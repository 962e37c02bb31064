import { textOf } from '../../test/fakes/model/reply.ts'
import { startFakeModel } from '../../test/fakes/model/server.ts'
import { answerWith } from './task.ts'

/** A stand-in for a language model that calls the tool it is given first, and then answers with what that told. */
const model = await startFakeModel({
  script: ({ messages, tools = [] }) => {
    const last = messages.at(-1)
    // About a token a piece, a millisecond apart: each is to be read by itself, as from a real model.
    const pace = { pieceMs: 1, pieceSize: 5 }
    if (last?.role !== 'tool') return { ...pace, toolCalls: [{ name: tools[0]?.function.name ?? 'none', input: { order: '4711' } }] }
    return { ...pace, text: answerWith(/\d+\.\d\d/.exec(textOf(last))?.[0] ?? 'an unknown sum') }
  },
})
process.send?.({ url: model.url })
process.once('disconnect', () => process.exit(0))
