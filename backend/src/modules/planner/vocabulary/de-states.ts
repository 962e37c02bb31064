import { formsOfAll } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

export const germanStates: Vocabulary['states'] = formsOfAll({
  open: 'offen~|noch offen~|aktuell offen~|laufend~|unerledigt~|ausstehend~|in arbeit|in bearbeitung|nicht abgeschlossen~|noch nicht abgeschlossen~|nicht erledigt~|noch nicht erledigt~|unfertig~|noch laufend~|im gange|am laufen|unabgeschlossen~|noch ausstehend~',
  won: 'gewonnen~|erfolgreich~|erfolgreich abgeschlossen~|als gewonnen abgeschlossen~|won|gewonnene abschlüsse|an land gezogen~',
  lost: 'verloren gingen|verloren ging|verloren~|verlorengegangen~|verloren gegangen~|gescheitert~|als verloren abgeschlossen~|lost|verluste|erfolglos~',
  closed: 'abgeschlossen~|geschlossen~|entschieden~|beendet~|bereits abgeschlossen~|schon abgeschlossen~',
  accepted: 'angenommen~|akzeptiert~',
  declined: 'abgelehnt~|ausgeschlagen~',
  expired: 'abgelaufen~|verfallen~',
  abandoned: 'aufgegeben~|abgebrochen~|fallen gelassen~|fallengelassen~',
  suspended: 'pausiert~|ausgesetzt~|auf eis gelegt~|auf eis|zurückgestellt~|ruhend~',
  stalled:
    'festgefahren~|stockend~|stocken|stockt|ins stocken geraten~|stillstehend~|stehen still|steht still|hängen fest|hängt fest|hängen|hängend~|stecken fest|feststecken|festhängen|steckengeblieben~|eingeschlafen~|liegengeblieben~|liegen geblieben~|bewegen sich nicht|brachliegend~|liegen brach|stagnierend~|stagnieren|festgefahren sind',
  overdue:
    'überfällig~|verspätet~|in verzug|zu spät|abschlussdatum überschritten|ihr abschlussdatum überschritten|das abschlussdatum überschritten|über ihrem abschlussdatum|überschrittenem abschlussdatum|mit überschrittenem abschlussdatum|abschlussdatum verstrichen|abschlussdatum verpasst|ihr abschlussdatum verpasst|deren abschlussdatum verstrichen|deren abschlussdatum überschritten|hätten schon abgeschlossen sein sollen|hätten abgeschlossen sein sollen|längst abgeschlossen sein sollen|längst abgeschlossen sein müssten|frist überschritten|fälligkeit überschritten|frist abgelaufen|überzogen~|im rückstand',
  unassigned:
    'nicht zugewiesen~|niemandem zugewiesen~|keinem zugewiesen~|nicht zugeordnet~|niemandem zugeordnet~|unzugewiesen~|ohne besitzer|ohne einen besitzer|ohne zuständigen|ohne verantwortlichen|ohne owner|ohne betreuer|herrenlos~|gehören niemandem|gehört niemandem|niemandem gehören|niemandem gehört|keinen besitzer|keinen zuständigen|keinen verantwortlichen|keinen betreuer|für die niemand zuständig',
  atRisk:
    'gefährdet~|in gefahr|riskant~|auf der kippe|wackelig~|wacklig~|risikobehaftet~|drohen verloren zu gehen|verloren gehen könnten|drohen zu scheitern|bedroht~',
  closingSoon:
    'bald abgeschlossen|bald abgeschlossen werden|bald abschließen|bald schließen|in kürze abgeschlossen werden|demnächst abgeschlossen werden|demnächst abschließen|demnächst schließen|kurz vor abschluss|kurz vor dem abschluss|vor dem abschluss stehen|vor dem abschluss|vor abschluss|schließen bald|werden bald abgeschlossen|stehen kurz vor dem abschluss|bald zum abschluss kommen|demnächst anstehend~|bald ab|bald fertig',
  closing:
    'schließen|schließt|abschließen|abgeschlossen werden|abgeschlossen werden sollen|geschlossen werden|geschlossen werden sollen|zum abschluss kommen|zum abschluss kommen sollen|kommen zum abschluss|erwarten abzuschließen|sollen abgeschlossen werden|sollen geschlossen werden|sollen schließen|schließen sollen|zum abschluss anstehen|zum abschluss stehen|zur entscheidung anstehen|voraussichtlich abgeschlossen werden|voraussichtlich schließen|erwartet~|schließen ab|zu schließen|abzuschließen|fällig werden sollen|erwarteter abschluss|auslaufen',
  closedOn: 'abgeschlossen am|geschlossen am',
  inactive: 'inaktiv~|eingestellt~|deaktiviert~|ausgelaufen~|archiviert~|nicht aktiv~|nicht mehr aktiv~|abgekündigt~',
  active: 'aktiv~|aktiviert~',
  converted: 'umgewandelt~|konvertiert~|umgewandelt wurden|konvertiert wurden',
  unconverted:
    'nicht umgewandelt~|nicht konvertiert~|noch nicht konvertiert~|noch nicht umgewandelt~|unkonvertiert~|noch nicht konvertiert wurden|noch nicht umgewandelt wurden|nicht konvertiert wurden|nicht umgewandelt wurden|nie konvertiert~',
  completed: 'erledigt~|fertig~|fertiggestellt~|abgehakt~|abgearbeitet~|bereits erledigt~|schon erledigt~',
  upcoming: 'anstehend~|bevorstehend~|kommend~|geplant~|zukünftig~|künftig~|stehen an|steht an|anstehen|ansteht|stehen bevor|bevorstehen',
  past: 'vergangen~|zurückliegend~|bereits stattgefunden~|schon stattgefunden~',
  inbound: 'eingehend~|eingegangen~|empfangen~|eingetroffen~|erhalten~',
  outbound: 'ausgehend~|gesendet~|versendet~|verschickt~|rausgegangen~',
  outOfStock:
    'nicht auf lager|nicht mehr auf lager|nicht vorrätig~|nicht mehr vorrätig~|ausverkauft~|vergriffen~|nicht lieferbar~|ohne bestand|ohne lagerbestand|keinen bestand|keinen lagerbestand|nicht verfügbar~|nicht mehr da|nicht am lager',
  inStock: 'auf lager|vorrätig~|lieferbar~|verfügbar~|lagernd~|am lager|noch auf lager|noch vorrätig~|noch da',
  lowStock:
    'geringer bestand|mit geringem bestand|geringem bestand|wenig bestand|niedriger bestand|niedrigem bestand|niedrigem lagerbestand|knapp auf lager|fast ausverkauft~|gehen zur neige|zur neige gehen|bald ausverkauft~|knapp werden|werden knapp|knappem bestand|kaum noch auf lager',
  returned: 'zurückgegeben~|retourniert~|retouren|retoure|rückgaben|rückgabe|zurückgeschickt~|rücksendungen|zurückgesendet~|zurückgesandt~|reklamiert~',
  repeat: 'wiederkehrend~|treu~|mehrfach kaufend~|stammkunden',
  neverSold: 'unverkauft~|nie verkauft~|noch nie verkauft~|niemals verkauft~|nicht verkauft~',
  untagged: 'ohne tags|ohne tag|ohne schlagwort|ohne schlagwörter|nicht getaggt~|ungetaggt~|keine tags|keinen tag|unmarkiert~',
  todo: 'erledigen|machen muss|machen müssen|abarbeiten|zu tun|noch zu tun|zu erledigen|noch zu erledigen|erledigen muss|erledigen müssen|noch erledigen|muss ich erledigen|tun muss|tun müssen|noch tun|muss ich tun|müssen wir tun',
})

export const germanVerbs: Vocabulary['verbs'] = formsOfAll({
  create:
    'angelegt~|erstellt~|hinzugefügt~|erfasst~|neu angelegt~|neu erstellt~|neu hinzugefügt~|neu erfasst~|neu~|eröffnet~|reingekommen~|hereingekommen~|eingegangen|hinzugekommen~|dazugekommen~|kamen rein|kam rein|kamen herein|kamen|kam|kamen dazu|kamen hinzu|reinkamen|reinkam|dazukamen|hinzukamen|gekommen|eingetragen~|registriert~|generiert~|bekommen|bekamen|entstanden~|angelegt wurden|erstellt wurden|hinzugefügt wurden|dazu gekommen|rein gekommen|neu dazugekommen~|neu hinzugekommen~|neu dazu|aufgenommen~|gewonnen als neue|anlegen|erstellen|kommen rein|angelegt haben|akquiriert~|hinzu',
  close: 'abgeschlossen|abschließen|schließen|geschlossen|zugemacht|abschloss|abschlossen|unter dach und fach gebracht|eingetütet|schloss|schlossen',
  win: 'gewinnen|gewinnt|gewann|gewannen|gewonnen|geholt|reingeholt|an land gezogen|eingefahren|für uns entschieden|eingesackt',
  lose: 'verlieren|verliert|verlor|verloren|verpasst',
  buy: 'kaufen|kauft|kaufte|kauften|gekauft|bestellen|bestellt|bestellte|bestellten|erworben|erwerben|geordert|eingekauft|etwas gekauft|etwas bestellt|überhaupt gekauft|bezogen|bestellt haben|gekauft haben|aufgegeben|getätigt|zugeschlagen|abgenommen',
  sell: 'verkaufen|verkauft|verkaufte|verkauften|abgesetzt|vertrieben|abverkauft',
  spend: 'ausgeben|ausgegeben|gab aus|gaben aus|gibt aus|geben aus|bezahlt|zahlen|gezahlt|zahlt|ausgab|ausgaben|ausgibt|bezahlen|geld ausgegeben|geld ausgeben',
  contact:
    'kontaktiert~|angesprochen~|kontaktieren|kontaktierten|gesprochen|angesprochen|erreicht|angerufen|in kontakt|in kontakt gestanden|kontakt gehabt|kontakt hatten|kontakt aufgenommen|gehört haben|gehört von|angeschrieben|gesprochen mit|gesprochen haben|kontaktiert haben|kontaktiert wurden|kontaktiert worden|uns gemeldet|kontakt|kontakt zu|gemeldet|kontaktiert wurde|telefoniert',
  convert:
    'in kunden umgewandelt|in kunden konvertiert|zu kunden gemacht|zu kunden geworden|konvertieren|konvertiert|umgewandelt|umwandeln|konvertierten|konvertierte|konvertiert haben|konvertiert wurden|umgewandelt wurden',
  complete: 'erledigt|erledigte|erledigten|fertiggestellt|abgehakt|abgearbeitet|geschafft|fertig bekommen|fertig geworden|erledigt wurden|erledigt haben',
  due: 'fällig|fällig werden|fällig sind|fällig ist|fällig wird|werden fällig|wird fällig|sind fällig|ablaufen|laufen ab|läuft ab|erledigt werden müssen|erledigt sein müssen|zu erledigen bis',
  start:
    'stattfinden|findet statt|finden statt|stattgefunden|statt gefunden|fand statt|fanden statt|stattfand|stattfanden|beginnt|beginnen|begonnen|startet|starten|anfangen|fängt an|fangen an|statt|gehalten|abgehalten|gebucht|angesetzt|terminiert',
  send: 'gesendet|geschickt|verschickt|sendete|schickte|gemailt|versendet|senden|schicken|verschickt haben|geschickt haben|gesendet haben|rausgeschickt',
  author:
    'geschrieben|verfasst|schrieb|schrieben|notiert|schreibt|geschrieben hat|verfasst hat|geschrieben von|verfasst von|festgehalten|aufgeschrieben|hinterlassen',
  receive: 'erhalten|bekommen|empfangen|bekam|bekamen|erhielt|erhielten|uns geschickt|uns geschrieben|geschickt bekommen|uns gemailt|reinbekommen',
  update: 'geändert|aktualisiert|bearbeitet|verändert|angepasst|geändert wurden|aktualisiert wurden|bearbeitet wurden|editiert',
  stageChange:
    'phase gewechselt|die phase gewechselt|stufe gewechselt|die stufe gewechselt|verschoben|phase geändert|weitergekommen|vorangekommen|weiterbewegt|phase verändert|weitergerückt|in eine andere phase gewechselt',
  work: 'arbeitet|arbeiten|arbeitete|tätig|beschäftigt|angestellt|gehören zu|gehört zu|arbeitet für|arbeiten für|arbeiten bei|arbeitet bei',
  own: 'gehört|gehören|gehörten|gehörte|betreut|betreuen|betreut von|betreute|zuständig|zuständig für|ist zuständig für|verantwortlich|verantwortlich für|ist verantwortlich für|zugewiesen~|zugeordnet~|zugewiesen an|kümmert sich|kümmert sich um|kümmern sich um|verantwortet|verantworten|verwaltet|verwalten|im besitz von|in der hand von|führt|leitet|bearbeitet von|besitzt|besitzen|bearbeiten|hat unter sich|in verantwortung von',
  live: 'wohnt|wohnen|lebt|leben|sitzt|sitzen|ansässig~|befindet sich|befinden sich|befinden|ihren sitz|seinen sitz|sitz|kommt aus|kommen aus|mit sitz|ihren hauptsitz|beheimatet~|stammen|zu hause|liegen|liegt|gelegen~|angesiedelt~|ihren firmensitz',
  attend: 'teilgenommen|teilnehmen|nimmt teil|nehmen teil|nahm teil|nahmen teil|eingeladen|dabei|teilnimmt|besucht|teilnahm|teilnahmen',
  mention:
    'erwähnt|erwähnen|erwähnte|erwähnten|beschwert über|beschweren sich über|beschwert sich über|sprechen über|spricht über|sprechen von|beklagt über|unzufrieden mit|schreiben über|geschrieben über|handeln von|handelt von|vorkommt|vorkommen|thematisieren|die rede ist von|die rede von|die rede ist|zur sprache kommt',
  born: 'geboren|geburtstag|geburtstag haben|hat geburtstag|haben geburtstag|geburtstag hat|geboren wurden',
  cost: 'kostet|kosten|zu haben für|kosteten',
  worth:
    'wert|wert sind|wert ist|im wert von|mit einem wert von|einen wert von|mit einem volumen von|in höhe von|im umfang von|einem wert von|einen wert|sind wert|ist wert|bewertet mit|mit wert',
  interested: 'interessiert sich für|interessieren sich für|interessiert an|interesse an|interessiert|interessieren|interesse|interessiert sind',
  relate: 'verknüpft|verbunden|verknüpft mit|verbunden mit|bezogen auf|gehörig|in bezug auf|bezüglich|im zusammenhang mit|betreffen|betrifft',
})
