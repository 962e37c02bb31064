/** Words of the fourth world: courses, licences and venues on both sides of the Atlantic. */

export const owners = ['Nadia Haddad', 'Gareth Pugh', 'Chloé Tremblay', 'Winston Clarke', 'Ife Adeyemi', 'Rosalind Marsh', 'Ben Marsh'] as const

/** Whoever asks. */
export const asker = 'Nadia Haddad'

export type Currency = 'CAD' | 'GBP' | 'USD'

export interface Place {
  city: string
  state: string
  country: string
  currency: Currency
  dial: string
}

const inCountry = (country: string, currency: Currency, lines: readonly (readonly [city: string, state: string, dial: string])[]): Place[] =>
  lines.map(([city, state, dial]) => ({ city, state, country, currency, dial }))

// London and Halifax are each on both sides; Ireland and Malta have no province here.
export const places: readonly Place[] = [
  ...inCountry('Canada', 'CAD', [
    ['Toronto', 'Ontario', '+1 416'],
    ['Toronto', 'Ontario', '+1 416'],
    ['London', 'Ontario', '+1 519'],
    ['Kingston', 'Ontario', '+1 613'],
    ['Montréal', 'Quebec', '+1 514'],
    ['Québec City', 'Quebec', '+1 418'],
    ['Halifax', 'Nova Scotia', '+1 902'],
    ['Calgary', 'Alberta', '+1 403'],
    ['Red Deer', 'Alberta', '+1 403'],
    ['Victoria', 'British Columbia', '+1 250'],
  ]),
  ...inCountry('United Kingdom', 'GBP', [
    ['London', 'Greater London', '+44 20'],
    ['London', 'Greater London', '+44 20'],
    ['Manchester', 'Greater Manchester', '+44 161'],
    ['Salford', 'Greater Manchester', '+44 161'],
    ['Halifax', 'West Yorkshire', '+44 1422'],
    ['Leeds', 'West Yorkshire', '+44 113'],
    ['Reading', 'Berkshire', '+44 118'],
    ['Bath', 'Somerset', '+44 1225'],
    ['Canterbury', 'Kent', '+44 1227'],
    ['Dundee', 'Angus', '+44 1382'],
    ['Swansea', 'Glamorgan', '+44 1792'],
  ]),
  ...inCountry('Ireland', 'GBP', [
    ['Galway', '', '+353 91'],
    ['Cork', '', '+353 21'],
  ]),
  ...inCountry('Malta', 'GBP', [['Valletta', '', '+356 21']]),
  ...inCountry('United States', 'USD', [
    ['Bangor', 'Maine', '+1 207'],
    ['Burlington', 'Vermont', '+1 802'],
    ['Buffalo', 'New York', '+1 716'],
  ]),
]

export const openings = [
  'Beacon',
  'St Brigid’s',
  'Maple Ridge',
  'Harrowgate',
  'Cloverfield',
  'Kingfisher',
  'Trinity',
  'Old Quay',
  'Lakeshore',
  'Whitestone',
  'Pemberton',
  'Fairhaven',
  'Rowan Tree',
  'Ashdown',
  'Côte-des-Neiges',
  'Larkhill',
] as const

export const trades = [
  ['Hospital', 'Healthcare'],
  ['Hospice', 'Healthcare'],
  ['Primary School', 'Education'],
  ['College', 'Education'],
  ['Montessori', 'Education'],
  ['Foundation', 'Charity'],
  ['Youth Trust', 'Charity'],
  ['Solicitors', 'Legal'],
  ['& Webb LLP', 'Legal'],
  ['Council', 'Local government'],
  ['Library Service', 'Local government'],
  ['Theatre', 'Arts and culture'],
] as const

export const firstNames = [
  ...['Aoife', 'Bilal', 'Céline', 'Duncan', 'Esther', 'Félix', 'Gwyneth', 'Hamza', 'Imogen', 'Jocelyn', 'Kofi', 'Lorna'],
  ...['Mireille', 'Nigel', 'Oonagh', 'Priscilla', 'Rhodri', 'Seán', 'Tamsin', 'Uchenna', 'Violet', 'Wendell', 'Yasmin', 'Zachary'],
  ...['Hope', 'Mark', 'Will', 'June'],
] as const
export const lastNames = [
  ...['Ashworth', 'Bélanger', 'Cartwright', 'Dhillon', 'Eastwood', 'Fitzgerald', 'Gallagher', 'Hennessy', 'Iqbal', 'Jephcott', 'Kavanagh', 'Lévesque'],
  ...['Mbeki', 'Nwosu', "O'Shea", 'Pickering', 'Quayle', 'Ramsbottom', 'Sutcliffe', 'Thibodeau', 'Umar', 'Vassallo', 'Whitaker', 'Young', 'Price', 'Banks'],
  ...['Nightingale', 'Tremayne', 'Oyelowo', 'MacAskill', 'Desrosiers', 'Penhaligon', 'Zammit', 'Borg', 'Kelleher', 'Featherstone', 'Singh', 'Yeboah'],
  ...['Lachance', 'Trudel', 'Wolstenholme', 'Abela', 'Camilleri', 'Llewelyn', 'Ogilvie', 'Strachan', 'Pettigrew', 'Rahman', 'Cousineau', 'Bright'],
] as const
export const titles = [
  ...['Head Teacher', 'Practice Manager', 'Ward Sister', 'Learning and Development Lead', 'Bursar', 'Senior Partner', 'Events Coordinator'],
  ...['HR Business Partner', 'Trustee', 'Volunteer Manager', 'Procurement Officer', 'Chief Executive', 'Safeguarding Lead'],
] as const
export const sources = ['Open day', 'Newsletter', 'Word of mouth', 'LinkedIn', 'Conference', 'Tender portal', 'Website'] as const
