import { expect, it } from 'vitest'
import { createChunkParts } from './chunk-parts.ts'

const chunk = (delta: object, finish: string | null = null) => JSON.stringify({ id: 'c1', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })
const call = (call: object) => chunk({ tool_calls: [call] })

/** The parts of batches of chunks. */
function read(...batches: string[][]) {
  const parts = createChunkParts('compatible')
  return [...batches.flatMap((payloads) => parts.add(payloads)), ...parts.end()]
}

it('joins words that came together, after what was thought', () => {
  const parts = read(
    [chunk({ role: 'assistant', reasoning_content: 'Hm' }), chunk({ reasoning: '.' }), chunk({ content: 'One ' })],
    [chunk({ content: 'two ' }), chunk({ content: [{ type: 'text', text: 'three' }] }), chunk({}, 'stop')],
    ['{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}', '[DONE]'],
  )
  expect(parts).toEqual([
    { type: 'response-metadata', id: 'c1', modelId: 'm' },
    { type: 'reasoning-start', id: 'reasoning-0' },
    { type: 'reasoning-delta', id: 'reasoning-0', delta: 'Hm.' },
    { type: 'reasoning-end', id: 'reasoning-0' },
    { type: 'text-start', id: 'text-0' },
    { type: 'text-delta', id: 'text-0', delta: 'One ' },
    { type: 'text-delta', id: 'text-0', delta: 'two three' },
    { type: 'text-end', id: 'text-0' },
    {
      type: 'finish',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: 9, noCache: 5, cacheRead: 4, cacheWrite: undefined },
        outputTokens: { total: 3, text: 3, reasoning: undefined },
      },
    },
  ])
})

it('puts calls of tools together, also of servers that give them no number, no id, or all the same number', () => {
  const callsOf = (...deltas: object[]) =>
    read([...deltas.map(call), chunk({}, 'tool_calls')]).flatMap((part) => (part.type === 'tool-call' ? [[part.toolName, part.input]] : []))
  const two = [
    ['one', '{"a":1}'],
    ['two', '{}'],
  ]
  const parts = (number: (place: number) => object) => [
    { ...number(0), id: 'a', function: { name: 'one', arguments: '' } },
    { ...number(0), function: { arguments: '{"a"' } },
    { ...number(0), id: '', function: { name: '', arguments: ':1}' } },
    { ...number(1), id: 'b', function: { name: 'two', arguments: '{}' } },
  ]
  expect(callsOf(...parts((index) => ({ index })))).toEqual(two)
  expect(callsOf(...parts(() => ({ index: 0 })))).toEqual(two)
  expect(callsOf(...parts(() => ({})))).toEqual(two)
  expect(callsOf({ index: 0, function: { arguments: '{' } }, { index: 0, function: { name: 'late', arguments: '}' } })).toEqual([['late', '{}']])
})

it('keeps what only the provider understands of a call', () => {
  const [told] = read([call({ index: 0, id: 'a', function: { name: 'one', arguments: '{}' }, extra_content: { google: { thought_signature: 's' } } })]).filter(
    ({ type }) => type === 'tool-call',
  )
  expect(told).toMatchObject({ toolCallId: 'a', providerMetadata: { compatible: { thoughtSignature: 's' } } })
})

it('says what cannot be read, what the server says went wrong, and that there was no end', () => {
  const errors = (...payloads: string[]) => read(payloads).flatMap((part) => (part.type === 'error' ? [part.error] : []))
  expect(errors('{"this is": not JSON')).toMatchObject([{ message: 'A piece of the answer cannot be read.' }])
  expect(errors('"text"')).toMatchObject([{ message: 'A piece of the answer cannot be read.' }])
  expect(errors('{"error":{"message":"no","code":"server_error"}}')).toEqual([{ message: 'no', code: 'server_error' }])
  expect(errors(chunk({ content: 'Half' }))).toMatchObject([{ message: 'The stream ended without a finish reason.' }])
  expect(errors(call({ index: 0, function: { arguments: '{}' } }), chunk({}, 'tool_calls'))).toMatchObject([{ message: 'A tool call has no name.' }])
})

it('takes a refusal for one', () => {
  expect(read([chunk({ refusal: 'No.' }), chunk({}, 'stop')]).at(-1)).toMatchObject({ finishReason: { unified: 'content-filter' } })
})
