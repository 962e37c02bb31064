import type { AgentDefinition } from '../agent-definition.ts'

export const productAgent: AgentDefinition = {
  id: 'product',
  name: 'Product',
  logName: 'ProductAgent',
  description: 'Knows your products: prices, categories, stock, and how they sell.',
  command: '/product',
  aliases: ['/products', '/catalogue', '/catalog'],
  entities: ['products', 'order_lines'],
  words: ['product', 'products', 'sku', 'skus', 'catalogue', 'catalog', 'stock', 'price list', 'recommend', 'recommendation', 'recommendations', 'quote', 'quotes', 'bestseller', 'bestsellers'],
  needsModel: false,
  examples: ['/product which products cost more than 100', '/product products out of stock'],
}
