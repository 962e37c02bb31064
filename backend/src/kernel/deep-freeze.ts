const whole = new WeakSet<object>()

/** The value, with everything in it unchangeable. */
export function deepFreeze<T>(value: T): T {
  freeze(value)
  if (typeof value === 'object' && value !== null) whole.add(value)
  return value
}

/** Whether this very value went through `deepFreeze`, so that what is worked out of it holds for good. */
export function isDeeplyFrozen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && whole.has(value)
}

function freeze(value: unknown): void {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return
  if (value instanceof Map) for (const item of value.values()) freeze(item)
  else for (const key in value) freeze((value as Record<string, unknown>)[key])
  Object.freeze(value)
}
