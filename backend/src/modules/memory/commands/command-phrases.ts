import type { AnswerLanguage } from '#contracts/chat.ts'

interface Phrases {
  remembered(text: string, replaced: string | undefined): string
  rememberedForAll(text: string): string
  secret: string
  adminsOnly: string
  full: string
  forgotten(texts: readonly string[]): string
  nothingLike(what: string): string
  whichOne: string
  forget(text: string): string
  forgottenAll(count: number): string
  nothing: string
  nothingAbout(what: string): string
  known(count: number): string
  title: string
  columns: { text: string; since: string; scope: string }
  scopes: { person: string; workspace: string }
  switched: { on: string; off: string }
  isOff: string
  isOffHere: string
  isUnavailable: string
}

export const phrases: Record<AnswerLanguage, Phrases> = {
  en: {
    remembered: (text, replaced) => `I will remember: “${text}”.${replaced === undefined ? '' : ` It takes the place of “${replaced}”.`}`,
    rememberedForAll: (text) => `Everybody in this workspace can read it from now on: “${text}”.`,
    secret: 'I do not keep passwords, keys, or numbers of cards and accounts. Nothing was remembered; leave that part out and tell me again.',
    adminsOnly: 'Only owners and admins can write what everybody here reads. Nothing was remembered; leave out “for everyone” to keep it for yourself.',
    full: 'I remember as much as I can keep. Nothing was added; delete some of it on the Memory page first.',
    forgotten: (texts) => `Forgotten: ${texts.map((text) => `“${text}”`).join(', ')}.`,
    nothingLike: (what) => `I remember nothing about “${what}”, so nothing was deleted. Ask “what do you know about me” to see what I do.`,
    whichOne: 'Which one shall I forget?',
    forget: (text) => `forget “${text}”`,
    forgottenAll: (count) =>
      count === 0
        ? 'There was nothing to forget.'
        : `Everything that I had remembered about you is deleted: ${count === 1 ? 'one memory' : `${count} memories`}.`,
    nothing: 'I remember nothing about you. Tell me something with “remember that …”.',
    nothingAbout: (what) => `I remember nothing about “${what}”.`,
    known: (count) => (count === 1 ? 'I remember one thing.' : `I remember ${count} things.`),
    title: 'What I remember',
    columns: { text: 'In your words', since: 'Since', scope: 'Whose' },
    scopes: { person: 'Yours', workspace: 'Everybody’s' },
    switched: {
      on: 'I remember again from now on.',
      off: 'Memory is switched off: from now on I neither read nor write it. What is there stays until you delete it.',
    },
    isOff: 'Your memory is switched off, so nothing was read or remembered. Say “turn memory on” to use it again.',
    isOffHere: 'Memory is switched off for this conversation, so nothing was read or remembered. Switch it on in the conversation’s settings.',
    isUnavailable: 'Memory is switched off on this installation, so nothing was read or remembered.',
  },
  de: {
    remembered: (text, replaced) => `Das merke ich mir: „${text}“.${replaced === undefined ? '' : ` Es ersetzt „${replaced}“.`}`,
    rememberedForAll: (text) => `Alle in diesem Arbeitsbereich können es ab jetzt lesen: „${text}“.`,
    secret:
      'Passwörter, Schlüssel und Karten- oder Kontonummern merke ich mir nicht. Es wurde nichts gespeichert; lassen Sie diesen Teil weg und sagen Sie es noch einmal.',
    adminsOnly:
      'Was alle hier lesen, können nur Inhaber und Administratoren schreiben. Es wurde nichts gespeichert; lassen Sie „für alle“ weg, um es für sich zu behalten.',
    full: 'Mehr kann ich mir nicht merken. Es wurde nichts hinzugefügt; löschen Sie zuerst etwas auf der Seite Gedächtnis.',
    forgotten: (texts) => `Vergessen: ${texts.map((text) => `„${text}“`).join(', ')}.`,
    nothingLike: (what) => `Über „${what}“ weiß ich nichts, es wurde also nichts gelöscht. Fragen Sie „was weißt du über mich“, um alles zu sehen.`,
    whichOne: 'Was davon soll ich vergessen?',
    forget: (text) => `vergiss „${text}“`,
    forgottenAll: (count) =>
      count === 0
        ? 'Es gab nichts zu vergessen.'
        : `Alles, was ich mir über Sie gemerkt hatte, ist gelöscht: ${count === 1 ? 'ein Eintrag' : `${count} Einträge`}.`,
    nothing: 'Ich habe mir nichts über Sie gemerkt. Sagen Sie mir etwas mit „merk dir, dass …“.',
    nothingAbout: (what) => `Über „${what}“ habe ich mir nichts gemerkt.`,
    known: (count) => (count === 1 ? 'Ich habe mir eine Sache gemerkt.' : `Ich habe mir ${count} Dinge gemerkt.`),
    title: 'Was ich mir gemerkt habe',
    columns: { text: 'In Ihren Worten', since: 'Seit', scope: 'Wem es gehört' },
    scopes: { person: 'Ihnen', workspace: 'Allen' },
    switched: {
      on: 'Ab jetzt merke ich mir wieder etwas.',
      off: 'Das Gedächtnis ist ausgeschaltet: Ab jetzt lese und schreibe ich nichts mehr darin. Was da ist, bleibt, bis Sie es löschen.',
    },
    isOff: 'Ihr Gedächtnis ist ausgeschaltet, es wurde also nichts gelesen oder gemerkt. Sagen Sie „schalte das Gedächtnis ein“, um es wieder zu nutzen.',
    isOffHere:
      'Für dieses Gespräch ist das Gedächtnis ausgeschaltet, es wurde also nichts gelesen oder gemerkt. Schalten Sie es in den Einstellungen des Gesprächs ein.',
    isUnavailable: 'Auf dieser Installation ist das Gedächtnis ausgeschaltet, es wurde also nichts gelesen oder gemerkt.',
  },
}
