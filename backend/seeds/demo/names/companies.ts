import { combine, words } from './words.ts'

/** Companies placed in every demo world, so that people and questions know them; some are keywords on purpose. */
export const knownCompanies: readonly { name: string; industry: string }[] = [
  { name: 'Open Door', industry: 'Consulting' },
  { name: 'Brightwater Foods', industry: 'Food and beverage' },
  { name: 'Kestrel Aerospace', industry: 'Aerospace' },
  { name: 'Nordlys Energi', industry: 'Energy' },
  { name: 'Pacific Rim Logistics', industry: 'Logistics' },
  { name: 'Helix Pharma', industry: 'Pharmaceuticals' },
  { name: 'Monday Coffee Roasters', industry: 'Food and beverage' },
  { name: 'Crown & Anchor Brewing', industry: 'Food and beverage' },
  { name: 'Müller Präzision GmbH', industry: 'Manufacturing' },
  { name: 'Last Mile Couriers', industry: 'Logistics' },
  { name: 'Tidewater Utilities', industry: 'Utilities' },
  { name: 'Société Électrique du Rhône', industry: 'Energy' },
  { name: 'Acme Packaging', industry: 'Manufacturing' },
  { name: 'Acme Plastics', industry: 'Chemicals' },
  { name: 'Redwood Paper, Inc.', industry: 'Manufacturing' },
  { name: 'Blue Harbor Shipping', industry: 'Logistics' },
  { name: 'First Choice Dairies', industry: 'Food and beverage' },
  { name: 'Ironbridge Steel', industry: 'Metals and mining' },
  { name: 'Sakura Semiconductor', industry: 'Electronics' },
  { name: 'Verdant Agritech', industry: 'Agriculture' },
  { name: 'Lakeshore Hospital Group', industry: 'Healthcare' },
  { name: 'New Lead Mining', industry: 'Metals and mining' },
  { name: 'Summit Water Authority', industry: 'Utilities' },
  { name: 'Çelik Otomotiv', industry: 'Automotive' },
  { name: 'Granite Peak Data Centers', industry: 'Data centres' },
  { name: 'Straßen & Söhne', industry: 'Construction' },
  { name: 'Quarterlight Glass', industry: 'Manufacturing' },
  { name: 'Bluebell Pharma', industry: 'Pharmaceuticals' },
  { name: 'Northgate Dairy Co-op', industry: 'Food and beverage' },
  { name: '3D Foundry', industry: 'Manufacturing' },
]

/** Openings of company names: places, plants, colours. */
const naturalOpenings =
  words(`Amber Arbor Aspen Atlas Beacon Birch Blackrock Bluestone Boreal Bramble Briar Canyon Cedar Cinder Clearwater Cobalt Copper Coral Crescent Delta Eagle East_River Echo
    Ember Evergreen Falcon Fern Fjord Flint Foxglove Garnet Glacier Golden_Gate Grove Gull Harvest Hawthorn Hazel Highland Horizon Indigo Iris Ivory Jade Juniper Keystone Lantern
    Larch Laurel Lighthouse Lotus Magnolia Maple Marigold Meadow Meridian Mistral Moss Mustang Nimbus Northwind Oak_Hill Obsidian Ocean Olive Onyx Orchard Osprey Otter Palisade Pebble
    Peregrine Pine Pinnacle Pioneer Plateau Prairie Quarry Quartz Raven Ridge Rowan Saffron Sage Sandstone Sapphire Sequoia Sierra Silver_Birch Slate Sparrow Spruce
    Sterling Stonegate Sundial Swift Sycamore Tamarack Teal Thistle Timber Topaz Trident Tundra Upland Valley Vanguard Vega Walnut Westward Whitecap Willow Windmill Wren Yarrow Zephyr`)

/** Coined words made of two parts. */
const coinedOpenings = combine(
  words(
    'Al Ar Axi Bel Bri Cal Cor Dyn Ela Ens Exo Fen Gal Hel Ini Jor Kal Kry Lum Mav Nex Nov Omni Or Pax Pra Qua Ral Sol Syn Tal Tor Ultra Vel Ver Vol Xan Zen',
  ),
  words('dera nova tek mont ria sys core quest vance line matic thera plex tron vista gen metrics lux'),
)

/** A short list made mostly of natural words, and the long one that a quarter of a million names need. */
export const companyOpenings: readonly string[] = [...naturalOpenings, ...coinedOpenings.filter((_, index) => index % 23 === 5)]
export const manyCompanyOpenings: readonly string[] = [...naturalOpenings, ...coinedOpenings]

/** What the company does, with the industry it belongs to. */
export const companyTrades: readonly (readonly [trade: string, industry: string])[] = [
  ['Foods', 'Food and beverage'],
  ['Brewing', 'Food and beverage'],
  ['Beverages', 'Food and beverage'],
  ['Bakeries', 'Food and beverage'],
  ['Dairy', 'Food and beverage'],
  ['Pharma', 'Pharmaceuticals'],
  ['Biologics', 'Pharmaceuticals'],
  ['Therapeutics', 'Pharmaceuticals'],
  ['Chemicals', 'Chemicals'],
  ['Coatings', 'Chemicals'],
  ['Polymers', 'Chemicals'],
  ['Energy', 'Energy'],
  ['Power', 'Energy'],
  ['Renewables', 'Energy'],
  ['Petroleum', 'Oil and gas'],
  ['Pipelines', 'Oil and gas'],
  ['Drilling', 'Oil and gas'],
  ['Water', 'Utilities'],
  ['Utilities', 'Utilities'],
  ['Gas & Electric', 'Utilities'],
  ['Automotive', 'Automotive'],
  ['Motors', 'Automotive'],
  ['Aerospace', 'Aerospace'],
  ['Avionics', 'Aerospace'],
  ['Manufacturing', 'Manufacturing'],
  ['Tooling', 'Manufacturing'],
  ['Packaging', 'Manufacturing'],
  ['Machinery', 'Manufacturing'],
  ['Castings', 'Manufacturing'],
  ['Textiles', 'Manufacturing'],
  ['Steel', 'Metals and mining'],
  ['Minerals', 'Metals and mining'],
  ['Mining', 'Metals and mining'],
  ['Electronics', 'Electronics'],
  ['Semiconductor', 'Electronics'],
  ['Instruments', 'Electronics'],
  ['Photonics', 'Electronics'],
  ['Logistics', 'Logistics'],
  ['Freight', 'Logistics'],
  ['Cold Storage', 'Logistics'],
  ['Hospitals', 'Healthcare'],
  ['Medical', 'Healthcare'],
  ['Diagnostics', 'Healthcare'],
  ['Farms', 'Agriculture'],
  ['Agritech', 'Agriculture'],
  ['Construction', 'Construction'],
  ['Builders', 'Construction'],
  ['Data Centers', 'Data centres'],
  ['Controls', 'Automation'],
  ['Robotics', 'Automation'],
  ['Engineering', 'Automation'],
  ['Consulting', 'Consulting'],
]

/** Middle word and ending around the trade: "Amber North Foods", "Amber Foods Group". Each pair is distinct. */
export const companyForms: readonly (readonly [middle: string, ending: string])[] = [
  ['', ''],
  ['North ', ''],
  ['', ' & Sons'],
  ['', ' Group'],
  ['', ' Partners'],
  ['', ' Holdings'],
  ['', ' Works'],
  ['', ' International'],
  ['', ' Systems'],
  ['', ' Industries'],
  ['', ' Solutions'],
]

/** Legal forms by country. */
export const legalForms: Readonly<Record<string, readonly string[]>> = {
  US: ['', '', ' Inc.', ' LLC', ' Corp.', ' Co.'],
  GB: ['', ' Ltd', ' plc'],
  IE: ['', ' Ltd'],
  DE: [' GmbH', ' AG', ' GmbH & Co. KG'],
  FR: [' SA', ' SARL'],
  ES: [' S.L.', ' S.A.'],
  IT: [' S.p.A.', ' S.r.l.'],
  NL: [' B.V.'],
  SE: [' AB'],
  PL: [' Sp. z o.o.'],
  JP: [' K.K.', ''],
  AU: [' Pty Ltd', ''],
  CA: ['', ' Inc.', ' Ltd.'],
  IN: [' Pvt Ltd', ''],
  BR: [' Ltda', ' S.A.'],
  MX: [' S.A. de C.V.', ''],
  SG: [' Pte Ltd'],
  TR: [' A.Ş.'],
}
