/** A test that no record meets. */
export const none = { field: 'id', op: 'isEmpty' } as const
