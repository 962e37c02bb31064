import { fold } from '#contracts/fold.ts'

/** Everyday words. Spelt correctly, they are never taken for a mistyped keyword, name or value. */
export const germanCommonWords: ReadonlySet<string> = new Set(
  fold(`
  aber abend aber allein allgemein allzu ander andere anderen anderer anderes anfang angenehm angst antwort antworten apfel arbeit arbeiten arm arme art arzt aufgabe auge augen außen auto bad bahn ball bank bauch bauen
  baum bedeuten bedeutet beginnen bein beispiel bekannt bekommen bequem berg bericht beruf beste besten besuch betrieb bett bild bilder billig bitten blatt blau bleiben bleibt blume boden braun brauchen braucht brief briefe bringen brot bruder
  brücke buch bücher bunt bus butter dach dame dank danken darauf daraus darin darüber darum dauern dauert decke denken denkt deutsch dick dienen ding dinge doch dorf dort draußen drehen drucken dumm dunkel dünn durch dürfen durst
  ecke ehe ehrlich ei eigentlich eile einfach einkaufen einladen einmal eis eltern ende endlich eng enge entscheiden entschuldigung erde erfahren erfolg erinnern erklären erlauben ernst erst erzählen essen etwa fahren fährt fahrrad fallen
  falsch familie farbe fast feier feind feld fenster ferien fertig fest feuer film finden finger fisch flasche flaschen fleisch fliegen fluss folgen fort frage fragen frau frei freude freuen freund freunde freundlich frieden frisch froh früh
  fühlen führen fünf furcht fuß garten gast geben gebiet gefahr gefallen gefühl gegen gegenteil gehen gehört geist gelb geld gelingen gemüse genau genug gern gerade geräusch gericht geschehen geschenk geschichte gesicht gestern gesund
  gewinnen gewiss gewöhnlich glas glauben gleich glück glücklich gold gott gras groß grün grund grüßen gut haar haare halb hals halten hand hände hängen hart haus häuser heben heiß heißen helfen hell hemd herbst herr herz heute hilfe himmel
  hinter hoch hof hoffen hoffnung höhe holen holz hören hose hotel hübsch hund hunger husten hut idee immer insel interesse irren jagen jeder jemand jung junge kaffee kalt kammer kampf karte karten kasse katze kaum kennen kette kind kinder
  kirche kissen kleid klein klug knie koch kochen koffer kommen könig können kopf körper korb kosten kraft krank krieg küche kuchen kuh kühl kunst kurz lachen laden lampe land lang langsam lassen laufen laut leben lecker leer legen lehren
  lehrer leicht leid leiden leider leihen lernen lesen leute licht lieb liebe lieben lied liegen links loch löffel luft lügen lust machen mädchen mal malen manche mann männer mantel markt mauer maus meer mehr mein meinen meinung meist mensch
  menschen messer milch minute mitte mittel mitternacht mögen möglich monat mond morgen müde mund musik müssen mut mutter nacht nackt name nase nass natur natürlich nebel nehmen nein nennen nett netz neu nichts nie niedrig niemand noch norden
  normal not nötig nummer nur nutzen oben obst offen öffnen oft ohr öl onkel ordnung osten paar papier park pause pferd pflanze platz plötzlich polizei preis problem probleme prüfen pünktlich putzen rad radio rand rat rauchen raum rechnen recht
  rechts reden regel regen reich reif reihe reis reise reisen reißen rennen rest restaurant richtig riechen ring rock rot rücken rufen ruhe ruhig rund sache sachen sagen salz sammeln sand satt satz sauber sauer schaden schaf schatten schauen
  scheinen schenken schicken schief schiff schlafen schlagen schlecht schließen schlimm schloss schlüssel schmal schmecken schmerz schmutzig schnee schneiden schnell schön schrank schrecklich schreiben schreien schuh schuhe schuld schule
  schüler schwach schwarz schweigen schwer schwester schwierig schwimmen see sehen sehr seife seite sekunde selten senden sicher singen sinn sitzen sofort sohn sommer sonne sonst sorge sparen spaß spät spiel spielen sprache sprechen springen
  stadt stark stehen steigen stein stelle stellen sterben stern still stimme stock stoff stolz stören stoßen strafe straße streit stück studieren stuhl stunde suchen süden süß suppe tag tanzen tasche tasse tat tausend tee teil teilen teller
  teuer tief tier tiere tisch tochter tod toll tot tragen traum träumen traurig treffen treppe trinken trocken tun tür typ über überall übung uhr unmöglich unser unten unterschied ursache vater verbieten verboten verdienen vergessen vergleichen
  verlangen verlieren verstehen versuchen verwenden viel vielleicht vier vogel voll vorsicht vorstellen wachsen wagen wählen wahr wahrheit wald wand wandern warm warten warum waschen wasser wechseln weg weich weil wein weinen weiß weit welt wenig
  wenn werfen werk wert wetter wichtig wiese wind winter wirklich wissen witz woche wohl wohnen wohnung wolf wolke wollen wort worte wünschen wurst zahl zahlen zahn zehn zeichnen zeigen zeit zeitung zerstören ziehen ziel ziemlich zimmer zucker
  zufrieden zug zukunft zurück zusammen zwei zwischen lieferung lieferungen verspätung verspätet beschwerde beschwerden reklamation angebot angebote vertrag verträge rabatt rabatte qualität
  `)
    .trim()
    .split(/\s+/),
)
