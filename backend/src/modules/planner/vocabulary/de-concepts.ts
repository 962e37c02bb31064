import { formsOfAll } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

/** German words for ideas that are neither a field, a state nor a verb. */
export const germanConcepts: Vocabulary['concepts'] = formsOfAll({
  whether:
    'gibt es|gibt es ein|gibt es eine|gibt es einen|haben wir|haben wir ein|haben wir eine|haben wir einen|hat|haben|ist|sind|war|waren|ob|hast du|wurde|wurden|stimmt es dass|ist es so dass|gab es|hatten wir|hat es|gibts|gibt es irgendwelche|haben wir irgendwelche',
  activity: 'aktivität|aktivitäten|interaktion|interaktionen|kontaktaktivität|kontaktaktivitäten|irgendeine aktivität|irgendwelche aktivitäten',
  timeline:
    'historie|verlaufsprotokoll|chronik|zeitleiste|aktivitätsverlauf|kundenhistorie|kontakthistorie|letzte aktivitäten|letzten aktivitäten|letzte aktivität|neuigkeiten|was gibt es neues|was gibts neues|was ist los|was ist passiert|passiert|zuletzt passiert|geschehen|zuletzt geschehen|was war los|was hat sich getan|was lief|was ist zuletzt passiert|alle aktivitäten|was ist alles passiert|was tut sich|vorgeschichte|was ist gelaufen',
  duplicate:
    'dublette|dubletten|duplikat|duplikate|duplikaten|doppelt~|doppelte einträge|doppelten einträge|mehrfach vorhanden~|mehrfach vorkommend~|doppelt vorhanden~|doppelt angelegt~|doppelt erfasst~|mögliche dubletten|mögliche duplikate|mehr als einmal vorkommen|mehrfach vorkommen|zweimal angelegt~|doppeleinträge|kommen mehrfach vor|mehrfach angelegt~|sind doppelt|mehrfach',
  sharing:
    'dieselb~|dasselbe|denselben|derselben|demselben|die gleiche|die gleichen|der gleiche|der gleichen|das gleiche|den gleichen|dem gleichen|gleiche|gleichen|gleicher|gleiches|gleichem|mit gleicher|mit gleichem|mit der gleichen|mit derselben|mit demselben|identisch~|mit identischer|teilen sich|selbe|selben',
  similar: 'ähnlich~|ähnlich wie|vergleichbar~|vergleichbar mit|ähnelt|ähneln|so ähnlich wie',
  colleague:
    'kollegen von|kollege von|arbeitskollegen|arbeitskollegen von|zusammenarbeiten mit|arbeitet zusammen mit|arbeiten zusammen mit|mitarbeitende von|arbeitskollege|kolleginnen von',
  firstTime: 'zum ersten mal|erstmals|das erste mal|zum allerersten mal|erstmalig~',
  alsoBought:
    'auch gekauft|kauften auch|auch bestellt|ebenfalls gekauft|ebenfalls bestellt|sonst noch|außerdem gekauft|außerdem bestellt|sonst noch gekauft|bestellten auch|auch noch gekauft',
  boughtTogether:
    'zusammen gekauft|zusammen bestellt|gemeinsam bestellt|gemeinsam gekauft|zusammen mit|gemeinsam mit|zusammen gekauft mit|zusammen bestellt mit|wird zusammen gekauft mit|werden zusammen gekauft mit|oft zusammen mit|häufig zusammen mit',
  correction: 'ich meine|ich meinte|beziehungsweise doch|quatsch|nein moment|vielmehr|ach nein|sorry ich meine|entschuldigung ich meine|also ich meine',
  team: 'team|teams|vertriebsteam|vertriebsteams|mannschaft|abteilung|abteilungen|teams von uns',
})

/** German words for how figures move and compare. */
export const germanMovements: Vocabulary['movements'] = formsOfAll({
  change:
    'wachstum|wachstumsrate|veränderung|veränderung der|veränderung von|änderung|änderungen|gewachsen|gewachsen ist|gestiegen|gestiegen ist|gesunken|gesunken ist|zugenommen|abgenommen|steigerung|rückgang|zuwachs|anstieg|steigen|sinken|steigt|sinkt|gestiegen oder gesunken|prozentuale veränderung|prozentuale änderung|veränderung in prozent|wachstum in prozent|verändert|differenz zwischen|unterschied zwischen|besser oder schlechter|verbessert|verschlechtert|rauf oder runter|wächst|schrumpft|geschrumpft|entwickelt sich|entwickeln sich|haben sich entwickelt|prozentuales wachstum|veränderung gegenüber|veränderung zum|veränderung im vergleich',
  compare: 'mehr|weniger|höher als|niedriger als|größer als|kleiner als|besser als|schlechter als|mehr als|weniger als|länger als|kürzer als|höher|niedriger',
  trend: 'entwickelt|entwickelte|entwickelten|entwickeln|entwicklung|entwicklung der|entwicklung von|verlauf|im verlauf|im zeitverlauf|trend',
  running:
    'kumuliert~|kumulativ~|aufsummiert~|laufende summe|laufende summe von|fortlaufende summe|aufgelaufen~|kumulierte summe|auflaufend~|laufend summiert~',
})
