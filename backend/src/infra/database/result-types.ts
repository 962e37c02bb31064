import pg from 'pg'

/** How values come: times as ISO UTC strings, dates and numerics as text, counts as numbers. */
export const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    switch (oid) {
      case pg.types.builtins.INT8:
        return Number
      case pg.types.builtins.TIMESTAMPTZ:
        return (value: string) => new Date(value).toISOString()
      case pg.types.builtins.DATE:
      case pg.types.builtins.NUMERIC:
        return (value: string) => value
      default:
        return pg.types.getTypeParser(oid, 'text')
    }
  },
}
