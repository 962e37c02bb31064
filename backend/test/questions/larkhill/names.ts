/** Words of the tenth world: a caterer that also hires out marquees, tableware and sound, in America, Britain and France. */

export const owners = ['Hanna Brook', 'Tom Baker', 'Ines Moreau', 'Jack Stone', 'Leila Aziz', 'Sam Rivers'] as const

/** Whoever asks. */
export const asker = 'Hanna Brook'

export type Currency = 'USD' | 'GBP' | 'EUR'

export interface Client {
  name: string
  industry: string
  city: string
  state: string
  country: 'United States' | 'United Kingdom' | 'France'
}

const client = (name: string, industry: string, city: string, state: string, country: Client['country'] = 'United States'): Client => ({
  name,
  industry,
  city,
  state,
  country,
})

export const clients: readonly Client[] = [
  client('Golden Gate Weddings', 'Wedding planning', 'San Francisco', 'California'),
  client('Golden Fork Bistro', 'Hospitality', 'Oakland', 'California'),
  client('Golden State Insurance', 'Insurance', 'Sacramento', 'California'),
  client('Lantern Hotels', 'Hospitality', 'Los Angeles', 'California'),
  client('Lantern Software', 'Technology', 'San Jose', 'California'),
  client('Open Table Collective', 'Charity', 'San Diego', 'California'),
  client('Monday Club', 'Members club', 'New York', 'New York'),
  client('Harvest Bank', 'Banking', 'New York', 'New York'),
  client('First Quarter Capital', 'Banking', 'New York', 'New York'),
  client('Hudson Film Festival', 'Arts', 'Albany', 'New York'),
  client('Last Call Events', 'Event agency', 'Austin', 'Texas'),
  client('Lone Star Rodeo', 'Sports', 'Dallas', 'Texas'),
  client('Bluebonnet Foundation', 'Charity', 'Houston', 'Texas'),
  client('Grand Lake Lodge', 'Hospitality', 'Austin', 'Texas'),
  client('Kensington Palace Gardens', 'Members club', 'London', 'England', 'United Kingdom'),
  client('Thames Regatta', 'Sports', 'London', 'England', 'United Kingdom'),
  client('Marlow & Daughters', 'Wedding planning', 'Oxford', 'England', 'United Kingdom'),
  client('Task Force Events', 'Event agency', 'Manchester', 'England', 'United Kingdom'),
  client('Northern Lights Theatre', 'Arts', 'Manchester', 'England', 'United Kingdom'),
  client('Castle Rock Whisky', 'Food and drink', 'Edinburgh', 'Scotland', 'United Kingdom'),
  client('Highland Games Trust', 'Charity', 'Inverness', 'Scotland', 'United Kingdom'),
  client('Cardiff Rugby Supporters', 'Sports', 'Cardiff', 'Wales', 'United Kingdom'),
  client('Château Bellevue', 'Hospitality', 'Bordeaux', 'Nouvelle-Aquitaine', 'France'),
  client('Maison Lumière', 'Fashion', 'Paris', 'Île-de-France', 'France'),
  client('Galerie Durand', 'Arts', 'Paris', 'Île-de-France', 'France'),
  client('Banque du Rhône', 'Banking', 'Lyon', 'Auvergne-Rhône-Alpes', 'France'),
  client('Riviera Weddings', 'Wedding planning', 'Nice', "Provence-Alpes-Côte d'Azur", 'France'),
  client('Festival de la Mer', 'Arts', 'Marseille', "Provence-Alpes-Côte d'Azur", 'France'),
]

export const dialCodes: Record<Client['country'], string> = { 'United States': '+1 415', 'United Kingdom': '+44 161', France: '+33 1' }

export const firstNames = [
  ...['Rose', 'Basil', 'May', 'Will', 'Frank', 'Ginger', 'Grant', 'Joy', 'Amelie', 'Claude', 'Duncan', 'Morag', 'Luis', 'Carmen', 'Aiko', 'Dev', 'Ruth'],
  ...['Élodie', 'Pascal', 'Gwen', 'Oscar', 'Nadia', 'Tariq', 'Bonnie'],
] as const

export const lastNames = [
  ...['Lamb', 'Cook', 'Park', 'Bell', 'Hall', 'Rice', 'Silver', 'Fournier', 'Lefèvre', 'Garcia', 'Reyes', 'McLeod', 'Campbell', 'Okoye', 'Patel', 'Tanaka'],
  ...['Nguyen', 'Weaver', "O'Brien", 'Fox'],
] as const

export const titles = ['Event Manager', 'Head of Events', 'Office Manager', 'Wedding Planner', 'Chief Executive', 'Procurement Lead', 'Venue Director'] as const

export const sources = ['Wedding fair', 'Website', 'Referral', 'Instagram', 'Cold call', 'Trade show'] as const
