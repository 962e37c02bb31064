/** Words of the eighth world: a reseller of software and office technology; a small one, as many who try the product will bring. */

export const owners = ['Mary Delgado', 'Tom Becker', 'Priya Nair', 'April Stone', 'Jordan Lee'] as const

/** Whoever asks. */
export const asker = 'Jordan Lee'

export type Currency = 'USD' | 'CAD'

export interface Account {
  name: string
  industry: string
  city: string
  state: string
  country: 'United States' | 'Canada'
}

const account = (name: string, industry: string, city: string, state: string, country: Account['country'] = 'United States'): Account => ({
  name,
  industry,
  city,
  state,
  country,
})

export const accounts: readonly Account[] = [
  account('Acme Supply', 'Wholesale', 'Oakland', 'California'),
  account('Acme Robotics', 'Manufacturing', 'San Jose', 'California'),
  account('Golden Gate Dental', 'Healthcare', 'San Francisco', 'California'),
  account('Open Door Realty', 'Real estate', 'Sacramento', 'California'),
  account('Lost Creek Brewing', 'Food and drink', 'Fresno', 'California'),
  account('Harper & Boyd LLP', 'Legal', 'San Francisco', 'California'),
  account('Lone Star Freight', 'Logistics', 'Austin', 'Texas'),
  account('Bluebonnet Clinics', 'Healthcare', 'Dallas', 'Texas'),
  account('Permian Tooling', 'Manufacturing', 'Houston', 'Texas'),
  account('First Choice Insurance', 'Insurance', 'Austin', 'Texas'),
  account('Hudson Valley Foods', 'Food and drink', 'Albany', 'New York'),
  account('Target Logistics', 'Logistics', 'New York', 'New York'),
  account('Brightside Schools', 'Education', 'Buffalo', 'New York'),
  account('Empire Print Works', 'Manufacturing', 'New York', 'New York'),
  account('Evergreen Credit Union', 'Banking', 'Seattle', 'Washington'),
  account('Rainier Outfitters', 'Retail', 'Seattle', 'Washington'),
  account('Maple Leaf Motors', 'Retail', 'Toronto', 'Ontario', 'Canada'),
  account('Northern Lights Hotels', 'Hospitality', 'Ottawa', 'Ontario', 'Canada'),
  account('Trillium Health Network', 'Healthcare', 'Toronto', 'Ontario', 'Canada'),
  account('Pacific Timber', 'Manufacturing', 'Vancouver', 'British Columbia', 'Canada'),
  account('Salish Software', 'Technology', 'Vancouver', 'British Columbia', 'Canada'),
  account('Québec Gourmet', 'Food and drink', 'Montreal', 'Quebec', 'Canada'),
  account('Riverside Legal', 'Legal', 'Portland', 'Oregon'),
  account('Cascade Dairy', 'Food and drink', 'Portland', 'Oregon'),
]

export const dialCodes: Record<string, string> = {
  California: '+1 415',
  Texas: '+1 512',
  'New York': '+1 212',
  Washington: '+1 206',
  Oregon: '+1 503',
  Ontario: '+1 416',
  'British Columbia': '+1 604',
  Quebec: '+1 514',
}

export const firstNames = [
  ...['Grant', 'Rose', 'Will', 'Frank', 'Hope', 'June', 'Anna', 'Carlos', 'Dana', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ingrid', 'Jamal', 'Keiko', 'Liam'],
  ...['Mónica', 'Nadia', 'Oscar', 'Peter', 'Quinn', 'Rachel', 'Stefan', 'Tara', 'Umar', 'Vera', 'Wendy', 'Xavier', 'Yusuf'],
] as const

export const lastNames = [
  ...['Sharp', 'Booker', 'Cash', 'Winner', 'Miller', 'Nguyen', 'Ortega', 'Petrov', "O'Connell", 'Rossi', 'Schmidt', 'Tanaka', 'Underwood', 'Vasquez', 'Walsh'],
  ...['Young', 'Zimmer', 'Abbott', 'Brandt', 'Castillo', 'Dubois', 'Eriksen', 'Fontaine', 'Gallagher', 'Hoang', 'Ibrahim'],
] as const

export const titles = ['IT Manager', 'Office Manager', 'CFO', 'CEO', 'Procurement Manager', 'Operations Director', 'System Administrator', 'Buyer'] as const

export const sources = ['Trade show', 'Website', 'Referral', 'Cold call', 'Partner', 'LinkedIn'] as const
