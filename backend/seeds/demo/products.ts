import { type CatalogueItem, catalogue } from './names/products.ts'

export function productRow(item: CatalogueItem): Record<string, unknown> {
  const tags: string[] = []
  if (/wireless|lorawan/i.test(item.description)) tags.push('wireless')
  if (/explosion|ATEX/i.test(item.description)) tags.push('hazardous area')
  if (item.demand >= 8) tags.push('bestseller')
  return {
    sku: item.sku,
    external_id: `PRD-${item.sku}`,
    name: item.name,
    description: item.description,
    category: item.category,
    brand: item.brand,
    price: item.price,
    cost: item.cost,
    currency: 'USD',
    stock: item.stock === undefined ? '' : String(item.stock),
    active: item.active ? 'true' : 'false',
    tags: tags.join(';'),
  }
}

export const productRows: readonly Record<string, unknown>[] = catalogue.map(productRow)
