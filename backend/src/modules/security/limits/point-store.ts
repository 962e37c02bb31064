/** How much a key has used of its window. */
export interface Points {
  points: number
  /** Milliseconds until the window ends and the count starts anew. */
  resetMs: number
}

/** Counts by key in fixed windows, each of which starts with its first point; shared by all processes when the store is. */
export interface PointStore {
  /**
   * Adds points, atomically, and tells the new count. Zero only looks; a negative number gives back, never below zero.
   * @param key 40 hexadecimal digits
   * @param windowMs milliseconds
   */
  add(key: string, points: number, windowMs: number): Promise<Points>
}
