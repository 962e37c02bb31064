/** Verbs that German instructions begin or end with; a question has none of them, so they are read nowhere else. */
export const germanInstructions =
  'lösche|lösch|löschen|entferne|entfernen|erstelle|erstell|erstellen|lege|anlegen|füge|hinzufügen|setze|setzen|ändere|ändern|stelle|markiere|markieren|' +
  'schreibe|schreib|schreiben|schicke|schick|schicken|sende|senden|verschiebe|verschieben|verlege|verlegen|vertage|übergib|übergebe|übergeben|zuweisen|' +
  'ordne|zuordnen|trage|eintragen|vereinbare|vereinbaren|erinnere|notiere|notieren|vermerke|storniere|stornieren|absagen|wandle|umwandeln|' +
  'aktualisiere|aktualisieren|korrigiere|benenne|umbenennen|versieh|beantworte|antworte|leite|weiterleiten'
