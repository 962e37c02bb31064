import { describe, expect, it } from 'vitest'
import { deviceOf, isPhone } from './device.ts'

const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

describe('deviceOf', () => {
  it('names the browser, not the ones it claims to be like', () => {
    expect(deviceOf(edge)).toBe('Edge on Windows')
    expect(deviceOf(safari)).toBe('Safari on iOS')
    expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox on Linux')
  })
  it('shows a program it does not know as it called itself, and nothing as unknown', () => {
    expect(deviceOf('my-script/1.0')).toBe('my-script/1.0')
    expect(deviceOf(null)).toBe('Unknown device')
  })
  it('tells phones', () => {
    expect([isPhone(safari), isPhone(edge)]).toEqual([true, false])
  })
})
