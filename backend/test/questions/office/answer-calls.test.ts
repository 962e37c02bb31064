import { describe, expect, it } from 'vitest'
import { readAnswerCalls } from './answer-calls.ts'

describe('answers of the office set', () => {
  it('are none, or calls with their arguments', () => {
    expect(readAnswerCalls('[]')).toEqual([])
    expect(readAnswerCalls(`['calendar.delete_event.func(event_id="00000093")', 'calendar.delete_event.func(event_id="00000242")']`)).toEqual([
      { name: 'calendar.delete_event', values: { event_id: '00000093' } },
      { name: 'calendar.delete_event', values: { event_id: '00000242' } },
    ])
  })
  it('keep quotation marks, commas and brackets of texts', () => {
    const mail = `["email.send_email.func(recipient=\\"a@b.c\\", subject=\\"It's late, (really)\\", body=\\"Can you - if so, come?\\")"]`
    expect(readAnswerCalls(mail)).toEqual([
      { name: 'email.send_email', values: { recipient: 'a@b.c', subject: "It's late, (really)", body: 'Can you - if so, come?' } },
    ])
  })
  it('are refused when they are something else', () => {
    expect(() => readAnswerCalls(`['rm -rf']`)).toThrow('Not a call')
  })
})
