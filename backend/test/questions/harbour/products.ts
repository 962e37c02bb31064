export interface HarbourProduct {
  sku: string
  name: string
  category: string
  brand: string
  price: number
  cost: number
  stock: number | undefined
  active: boolean
  description: string
}

const rows: readonly (readonly [string, string, string, string, number, number, number | undefined, string])[] = [
  ['WR-1200', 'Galvanised Wire Rope 12 mm', 'Ropes', 'Drahtwerk', 4.8, 2.1, 18000, 'Price per metre, six strands, galvanised'],
  ['WR-1600', 'Galvanised Wire Rope 16 mm', 'Ropes', 'Drahtwerk', 7.9, 3.6, 9500, 'Price per metre, six strands, galvanised'],
  ['WR-2400', 'Compacted Hoist Rope 24 mm', 'Ropes', 'Drahtwerk', 19.5, 9.2, 3200, 'Rotation-resistant hoist rope'],
  ['MR-4000', 'Mooring Rope 40 mm', 'Ropes', 'Tauhaus', 11.2, 4.9, 6100, 'Eight-strand polyester for mooring'],
  ['HK-0050', 'Swivel Hook 5 t', 'Hooks', 'Anchorline', 145, 61, 210, 'Forged swivel hook with safety latch'],
  ['HK-0100', 'Swivel Hook 10 t', 'Hooks', 'Anchorline', 268, 120, 94, 'Forged swivel hook with safety latch'],
  ['HK-0320', 'Ramshorn Hook 32 t', 'Hooks', 'Anchorline', 1980, 1040, 9, 'Double hook for ladle and portal cranes'],
  ['SH-0170', 'Bow Shackle 17 t', 'Hooks', 'Anchorline', 64, 25, 480, 'Galvanised bow shackle'],
  ['WN-2000', 'Electric Winch 2 t', 'Winches', 'Kranwerk Nord', 3450, 1890, 22, 'Electric winch with brake and limit switch'],
  ['WN-5000', 'Electric Winch 5 t', 'Winches', 'Kranwerk Nord', 7900, 4300, 11, 'Electric winch with brake and limit switch'],
  ['WN-9000', 'Hydraulic Anchor Winch', 'Winches', 'Kranwerk Nord', 24500, 15200, 3, 'Hydraulic winch for anchor handling'],
  ['WN-0300', 'Hand Winch 300 kg', 'Winches', 'Tauhaus', 189, 80, 75, 'Manual winch, stainless steel'],
  ['HP-0040', 'Hydraulic Pump 40 l', 'Hydraulics', 'Oleodyn', 1290, 690, 34, 'Axial piston pump, 40 litres a minute'],
  ['HP-0110', 'Hydraulic Pump 110 l', 'Hydraulics', 'Oleodyn', 2640, 1500, 16, 'Axial piston pump, 110 litres a minute'],
  ['HC-0800', 'Hydraulic Cylinder 800 mm', 'Hydraulics', 'Oleodyn', 980, 510, 0, 'Double-acting cylinder'],
  ['HS-0012', 'Hydraulic Hose Set', 'Hydraulics', 'Oleodyn', 118, 47, 640, 'Twelve hoses with fittings'],
  ['FD-1000', 'Rubber Fender 1 m', 'Fenders', 'Tauhaus', 540, 230, 88, 'Cylindrical quay fender'],
  ['FD-2000', 'Rubber Fender 2 m', 'Fenders', 'Tauhaus', 1020, 455, 41, 'Cylindrical quay fender'],
  ['FD-3500', 'Pneumatic Fender', 'Fenders', 'Tauhaus', 5600, 3100, 0, 'Floating fender for ship-to-ship transfer'],
  ['SF-0001', 'Life Jacket 150 N', 'Safety', 'Seguro', 96, 38, 720, 'Automatic life jacket'],
  ['SF-0002', 'Fall Arrest Harness', 'Safety', 'Seguro', 174, 70, 260, 'Full-body harness for crane work'],
  ['SF-0003', 'Load Limiter', 'Safety', 'Seguro', 1460, 700, 27, 'Overload protection for cranes'],
  ['SF-0004', 'Anemometer Alarm', 'Safety', 'Seguro', 880, 390, 19, 'Wind alarm for cranes, wireless'],
  ['EL-0010', 'Crane Radio Remote', 'Electrics', 'Voltmar', 2150, 1120, 14, 'Wireless remote control for cranes'],
  ['EL-0020', 'Cable Reel 100 m', 'Electrics', 'Voltmar', 3980, 2200, 6, 'Motor cable reel'],
  ['EL-0030', 'LED Floodlight 400 W', 'Electrics', 'Voltmar', 420, 175, 132, 'Quay floodlight'],
  ['EL-0040', 'Shore Power Connector', 'Electrics', 'Voltmar', 690, 300, 58, 'Connector for shore power'],
  ['SV-0001', 'Crane Inspection', 'Services', 'Harbour Works', 1850, 900, undefined, 'Yearly inspection with certificate'],
  ['SV-0002', 'Rope Replacement', 'Services', 'Harbour Works', 1240, 610, undefined, 'Replacement of a hoist rope on site'],
  ['SV-0003', 'Operator Course', 'Services', 'Harbour Works', 760, 300, undefined, 'One day, up to eight operators'],
  ['SV-0004', 'Emergency Call-Out', 'Services', 'Harbour Works', 2900, 1700, undefined, 'Technician within 24 hours'],
  ['XX-0009', 'Manila Rope 30 mm', 'Ropes', 'Tauhaus', 6.4, 3.3, 150, 'Natural fibre, discontinued'],
]

export const products: readonly HarbourProduct[] = rows.map(([sku, name, category, brand, price, cost, stock, description]) => ({
  sku,
  name,
  category,
  brand,
  price,
  cost,
  stock,
  description,
  active: !sku.startsWith('XX'),
}))

/** The catalogue as rows of the import. */
export function productCsvRows(): Record<string, unknown>[] {
  return products.map(({ price, cost, stock, active, ...rest }) => ({
    ...rest,
    external_id: `P-${rest.sku}`,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'EUR',
    stock: stock ?? '',
    active: String(active),
    tags: [price > 2000 ? 'big ticket' : '', rest.description.includes('ireless') ? 'radio' : ''].filter(Boolean).join(';'),
  }))
}
