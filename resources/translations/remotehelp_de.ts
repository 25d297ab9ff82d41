<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Actions</name>
    <message>
        <source>End visit</source>
        <translation>Besuch beenden</translation>
    </message>
    <message>
        <source>There is no sound yet: it comes in a later version. Use the chat, or the phone.</source>
        <translation>Ton gibt es noch nicht, er kommt mit einer späteren Version. Nutzen Sie den Chat oder das Telefon.</translation>
    </message>
    <message>
        <source>Your camera is on during the whole visit. Choosing another one comes in a later version.</source>
        <translation>Ihre Kamera läuft während des ganzen Besuchs. Eine andere auszuwählen kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Offer a file</source>
        <translation>Datei anbieten</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Narrate</source>
        <translation>Erläutern</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Asked. The customer has not answered yet.</source>
        <translation>Ist angefragt. Die Antwort steht noch aus.</translation>
    </message>
</context>
<context>
    <name>CaseTab</name>
    <message>
        <source>In the customer&apos;s words</source>
        <translation>In den Worten des Kunden</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>The customer wrote nothing about the problem.</source>
        <translation>Der Kunde hat nichts zum Problem geschrieben.</translation>
    </message>
</context>
<context>
    <name>ChatTab</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>What you and the customer write will stand here.</source>
        <translation>Hier steht, was Sie und der Kunde einander schreiben.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Write to the customer</source>
        <translation>Dem Kunden schreiben</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Stop, this is wrong</source>
        <translation>Halt, da stimmt etwas nicht</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Before they control</source>
        <translation>Vor der Steuerung</translation>
    </message>
    <message>
        <source>Private window</source>
        <translation>Privates Fenster</translation>
    </message>
    <message>
        <source>Still needed?</source>
        <translation>Noch nötig?</translation>
    </message>
    <message>
        <source>End control</source>
        <translation>Steuerung beenden</translation>
    </message>
    <message>
        <source>Did {name} call or write to you without being asked? Or does anyone want money, bank details, passwords or gift cards from you?</source>
        <translation>Hat {name} sich ungefragt bei Ihnen gemeldet? Oder will jemand Geld, Bankdaten, Passwörter oder Gutscheinkarten von Ihnen?</translation>
    </message>
    <message>
        <source>Then somebody is trying to cheat you: press “Stop, this is wrong”. An honest helper never needs any of that, and never hurries you.</source>
        <translation>Dann will Sie jemand betrügen: Drücken Sie „Halt, da stimmt etwas nicht“. Ehrliche Helfer brauchen nichts davon und drängen Sie nie.</translation>
    </message>
    <message>
        <source>{name}&apos;s organisation calls this window private. {name} can&apos;t see or use it now. May they?</source>
        <translation>Die Organisation von {name} nennt dieses Fenster privat. {name} sieht und bedient es jetzt nicht. Ist es erlaubt?</translation>
    </message>
    <message>
        <source>This looks like a bank, a wallet or gift cards ({word}). {name} can&apos;t see or use it now. May they?</source>
        <translation>Das sieht nach Bank, Geldbörse oder Gutscheinkarten aus ({word}). {name} sieht und bedient es jetzt nicht. Ist es erlaubt?</translation>
    </message>
    <message>
        <source>Close that window first if nobody should see it. Press “Go on” only if it may be seen. If somebody asked you to open it, press “Stop, this is wrong”.</source>
        <translation>Schließen Sie das Fenster erst, wenn es niemand sehen soll. Drücken Sie „Weiter“ nur, wenn es gesehen werden darf. Hat Sie jemand gebeten, es zu öffnen? Dann drücken Sie „Halt, da stimmt etwas nicht“.</translation>
    </message>
    <message>
        <source>{name} has been using your mouse and keyboard for half an hour. Is that still needed?</source>
        <translation>{name} benutzt Ihre Maus und Ihre Tastatur seit einer halben Stunde. Ist das noch nötig?</translation>
    </message>
    <message>
        <source>Until you answer, only you use mouse and keyboard.</source>
        <translation>Bis Sie antworten, benutzen nur Sie Maus und Tastatur.</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Read this code to your helper</source>
        <translation>Lesen Sie diesen Code vor</translation>
    </message>
    <message>
        <source>One moment, your code is being made.</source>
        <translation>Einen Moment, Ihr Code wird erstellt.</translation>
    </message>
    <message>
        <source>Nothing of your computer can be seen before you allow it.</source>
        <translation>Von Ihrem Computer ist nichts zu sehen, solange Sie es nicht erlauben.</translation>
    </message>
    <message>
        <source>1. Say these digits on the phone, one after the other.</source>
        <translation>1. Sagen Sie diese Ziffern am Telefon, eine nach der anderen.</translation>
    </message>
    <message>
        <source>2. Your helper types them in.</source>
        <translation>2. Ihr Helfer tippt sie bei sich ein.</translation>
    </message>
    <message>
        <source>3. Their face appears here. Then you decide.</source>
        <translation>3. Dann sehen Sie hier sein Gesicht und entscheiden selbst.</translation>
    </message>
    <message numerus="yes">
        <source>Good for %n more minute(s)</source>
        <translation>
            <numerusform>Noch %n Minute gültig</numerusform>
            <numerusform>Noch %n Minuten gültig</numerusform>
        </translation>
    </message>
    <message>
        <source>Good for less than a minute</source>
        <translation>Weniger als eine Minute gültig</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Your helper</source>
        <translation>Ihr Helfer</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>Schreiben Sie zuerst etwas.</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <translation>Wiedervorlagen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Your past visits on this computer will stand here.</source>
        <translation>Hier stehen später Ihre bisherigen Besuche auf diesem Computer.</translation>
    </message>
    <message>
        <source>Default camera</source>
        <translation>Standardkamera</translation>
    </message>
    <message>
        <source>Choosing a camera comes in a later version.</source>
        <translation>Eine Kamera auswählen kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Voice comes in a later version.</source>
        <translation>Sprechen kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>No speaker</source>
        <translation>Kein Lautsprecher</translation>
    </message>
    <message>
        <source>Enter a code</source>
        <translation>Code eingeben</translation>
    </message>
    <message>
        <source>Go to those who wait</source>
        <translation>Zu den Wartenden</translation>
    </message>
    <message>
        <source>Go to the notes</source>
        <translation>Zu den Notizen</translation>
    </message>
    <message>
        <source>Go to the history</source>
        <translation>Zum Verlauf</translation>
    </message>
    <message>
        <source>On the phone with a customer? Type the code.</source>
        <translation>Ein Kunde ist am Telefon? Tippen Sie den Code ein.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Your badge is being shown to the customer …</source>
        <translation>Ihr Ausweis wird beim Kunden geprüft …</translation>
    </message>
    <message>
        <source>The code is being checked with the customer …</source>
        <translation>Der Code wird mit dem Kunden abgeglichen …</translation>
    </message>
    <message>
        <source>A video file (demonstration)</source>
        <translation>Eine Videodatei (Vorführung)</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Keine Kamera</translation>
    </message>
    <message>
        <source>One moment, please …</source>
        <translation>Einen Moment bitte …</translation>
    </message>
    <message>
        <source>You are not signed in at a server yet.</source>
        <translation>Sie sind noch bei keinem Server angemeldet.</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Signed in at {broker}</source>
        <translation>Angemeldet bei {broker}</translation>
    </message>
</context>
<context>
    <name>EndQuestion</name>
    <message>
        <source>End the visit?</source>
        <translation>Den Besuch beenden?</translation>
    </message>
    <message>
        <source>The visit is still going on. The goodbye comes first: there you can write to the customer what was wrong and what was done. After it the window can be closed.</source>
        <translation>Der Besuch läuft noch. Zuerst kommt der Abschied: Dort können Sie dem Kunden schreiben, was los war und was getan wurde. Danach lässt sich das Fenster schließen.</translation>
    </message>
    <message>
        <source>Go on with the visit</source>
        <translation>Besuch fortsetzen</translation>
    </message>
    <message>
        <source>Go to the goodbye</source>
        <translation>Zum Abschied</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Given name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Create my badge</source>
        <translation>Meinen Ausweis erstellen</translation>
    </message>
    <message>
        <source>Welcome. Who are you?</source>
        <translation>Willkommen. Wer sind Sie?</translation>
    </message>
    <message>
        <source>Customers see this name beside your face. The key of your badge is made on this computer and never leaves it.</source>
        <translation>Kunden sehen diesen Namen neben Ihrem Gesicht. Der Schlüssel Ihres Ausweises entsteht auf diesem Computer und verlässt ihn nie.</translation>
    </message>
    <message>
        <source>Your badge is being made …</source>
        <translation>Ihr Ausweis wird erstellt …</translation>
    </message>
    <message>
        <source>Please fill in all three fields first.</source>
        <translation>Bitte füllen Sie zuerst alle drei Felder aus.</translation>
    </message>
</context>
<context>
    <name>GoodbyePage</name>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>Technician&apos;s face</source>
        <translation>Gesicht des Helfers</translation>
    </message>
    <message>
        <source>What was wrong and what was done appears here.</source>
        <translation>Hier steht gleich, was los war und was getan wurde.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Telling them comes with a later version.</source>
        <translation>Das mitzuteilen kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>It works</source>
        <translation>Es geht wieder</translation>
    </message>
    <message>
        <source>It does not work</source>
        <translation>Es geht nicht</translation>
    </message>
    <message>
        <source>Thank you note</source>
        <translation>Ein Dankeschön</translation>
    </message>
    <message>
        <source>Send thanks</source>
        <translation>Danke sagen</translation>
    </message>
    <message>
        <source>Save my copy</source>
        <translation>Meine Kopie speichern</translation>
    </message>
    <message>
        <source>Read the log</source>
        <translation>Protokoll lesen</translation>
    </message>
    <message>
        <source>Keep this organisation</source>
        <translation>Diese Organisation merken</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The line to {name} was lost, so the visit has ended. {unseen}</source>
        <translation>Die Verbindung zu {name} ist abgerissen, deshalb ist der Besuch zu Ende. {unseen}</translation>
    </message>
    <message>
        <source>Goodbye. {unseen}</source>
        <translation>Auf Wiedersehen. {unseen}</translation>
    </message>
    <message>
        <source>Saved: {path}. The log of the visit stays on this computer: {log}.</source>
        <translation>Gespeichert: {path}. Das Protokoll des Besuchs bleibt auf diesem Computer: {log}.</translation>
    </message>
    <message>
        <source>This organisation is kept: next time it counts as known.</source>
        <translation>Diese Organisation ist gemerkt: Beim nächsten Mal gilt sie als bekannt.</translation>
    </message>
    <message>
        <source>This organisation is known already.</source>
        <translation>Diese Organisation ist schon bekannt.</translation>
    </message>
    <message>
        <source>It can be kept after a visit that ended well.</source>
        <translation>Merken können Sie sie nach einem Besuch, der gut zu Ende ging.</translation>
    </message>
    <message>
        <source>What was wrong</source>
        <translation>Was los war</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Close case</source>
        <translation>Fall abschließen</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Versprechen</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Give promise</source>
        <translation>Versprechen geben</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>Auf Wiedersehen</translation>
    </message>
    <message>
        <source>The customer ended the visit.</source>
        <translation>Der Kunde hat den Besuch beendet.</translation>
    </message>
    <message>
        <source>The line did not come back, so the visit ended.</source>
        <translation>Die Verbindung kam nicht wieder, darum ist der Besuch zu Ende.</translation>
    </message>
    <message>
        <source>Your badge is not valid any more, so the visit ended.</source>
        <translation>Ihr Ausweis gilt nicht mehr, darum ist der Besuch zu Ende.</translation>
    </message>
    <message>
        <source>The visit was ended for safety.</source>
        <translation>Der Besuch wurde zur Sicherheit beendet.</translation>
    </message>
    <message>
        <source>Nothing reaches the customer any more: both texts stay with the case on this computer.</source>
        <translation>Den Kunden erreicht nichts mehr: Beide Texte bleiben beim Fall auf diesem Computer.</translation>
    </message>
    <message>
        <source>The customer still sees your face, and nothing else goes across. Both texts go to the customer when you close the case.</source>
        <translation>Der Kunde sieht noch Ihr Gesicht, sonst wird nichts mehr übertragen. Beide Texte gehen an den Kunden, wenn Sie den Fall abschließen.</translation>
    </message>
    <message>
        <source>The customer has left the visit.</source>
        <translation>Der Kunde hat den Besuch verlassen.</translation>
    </message>
    <message>
        <source>The case is being closed …</source>
        <translation>Der Fall wird abgeschlossen …</translation>
    </message>
</context>
<context>
    <name>HelpBar</name>
    <message>
        <source>RemoteHelp: your visit</source>
        <translation>RemoteHelp: Ihr Besuch</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>Safety words: {words}</source>
        <translation>Sicherheitswörter: {words}</translation>
    </message>
    <message>
        <source>Nobody but you is using the mouse and keyboard.</source>
        <translation>Maus und Tastatur benutzen nur Sie selbst.</translation>
    </message>
    <message>
        <source>Your visit goes on. To end it, press Stop everything.</source>
        <translation>Ihr Besuch läuft weiter. Zum Beenden drücken Sie „Alles beenden“.</translation>
    </message>
    <message>
        <source>Technician&apos;s face</source>
        <translation>Gesicht des Helfers</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Stop control</source>
        <translation>Steuerung beenden</translation>
    </message>
    <message>
        <source>Stop everything</source>
        <translation>Alles beenden</translation>
    </message>
    <message>
        <source>A later version brings this. The picture always stays.</source>
        <translation>Das kommt mit einer späteren Version. Das Gesicht bleibt immer zu sehen.</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>A later version brings voice. Nobody hears you now.</source>
        <translation>Sprechen kommt mit einer späteren Version. Jetzt hört Sie niemand.</translation>
    </message>
    <message>
        <source>Pause picture</source>
        <translation>Bild anhalten</translation>
    </message>
    <message>
        <source>A later version brings this. Untick Show my screen.</source>
        <translation>Das kommt mit einer späteren Version. Nehmen Sie das Häkchen bei „Meinen Bildschirm zeigen“ weg.</translation>
    </message>
    <message>
        <source>Larger face</source>
        <translation>Gesicht größer</translation>
    </message>
    <message>
        <source>Hide face</source>
        <translation>Ohne Gesicht</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>A later version brings this. Nothing is recorded.</source>
        <translation>Das kommt mit einer späteren Version. Es wird nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Ctrl+Alt+End stops everything, too.</source>
        <translation>Auch Strg+Alt+Ende beendet alles.</translation>
    </message>
    <message>
        <source>{name} wrote: {text}</source>
        <translation>{name} schreibt: {text}</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Everything has a key</source>
        <translation>Für alles gibt es eine Taste</translation>
    </message>
    <message>
        <source>While the keyboard is theirs, every key goes to the customer. Esc Esc brings it back.</source>
        <translation>Solange die Tastatur beim Kunden ist, geht jede Taste dorthin. Esc Esc holt sie zurück.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>KeysRest</name>
    <message>
        <source>The keyboard rests. Go on with Tab.</source>
        <translation>Die Tastatur ruht. Weiter geht es mit Tab.</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>relayed</source>
        <translation>über einen Vermittler</translation>
    </message>
    <message>
        <source>direct</source>
        <translation>direkt</translation>
    </message>
    <message>
        <source>{way}, {trip} ms, {lost} % lost, {rate} kbit/s</source>
        <translation>{way}, {trip} ms, {lost} % verloren, {rate} kbit/s</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>The log of this visit</source>
        <translation>Das Protokoll dieses Besuchs</translation>
    </message>
    <message>
        <source>What the log says</source>
        <translation>Was im Protokoll steht</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The customer&apos;s computer wrote this down as it happened: who came, what was allowed, what ended, and when. Every thirty seconds and at each change both computers signed it, so that nobody can change, leave out or add an entry afterwards without being found out. What was typed or written is not in it; of a message it has the length.</source>
        <translation>Der Computer des Kunden hat das aufgeschrieben, während es geschah: wer da war, was erlaubt wurde, was endete, und wann. Alle dreißig Sekunden und bei jeder Änderung haben beide Computer es unterschrieben. So kann später niemand unbemerkt einen Eintrag ändern, weglassen oder hinzufügen. Was getippt oder geschrieben wurde, steht nicht darin; von einer Nachricht steht da nur die Länge.</translation>
    </message>
    <message>
        <source>Both sides have the same log, and have signed all of it.</source>
        <translation>Beide Seiten haben dasselbe Protokoll und haben alles unterschrieben.</translation>
    </message>
    <message>
        <source>This log is not closed: the signatures of both sides under its end are missing. They signed up to entry {entry}.</source>
        <translation>Dieses Protokoll ist nicht geschlossen: Die Unterschriften beider Seiten unter seinem Ende fehlen. Unterschrieben ist es bis Eintrag {entry}.</translation>
    </message>
    <message>
        <source>This log is not closed: no entry has been signed by both sides.</source>
        <translation>Dieses Protokoll ist nicht geschlossen: Kein Eintrag ist von beiden Seiten unterschrieben.</translation>
    </message>
    <message>
        <source>It lies on this computer in {file}. The command “remotehelp verify”, followed by that name, checks it, on any computer.</source>
        <translation>Es liegt auf diesem Computer in {file}. Der Befehl „remotehelp verify“ mit diesem Namen prüft es, auf jedem Computer.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>RemoteHelp</source>
        <translation>RemoteHelp</translation>
    </message>
</context>
<context>
    <name>MeetingPage</name>
    <message>
        <source>They can&apos;t see you.</source>
        <translation>Sie selbst sind nicht zu sehen.</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>Technician&apos;s face</source>
        <translation>Gesicht des Helfers</translation>
    </message>
    <message>
        <source>If you can talk to them, compare these words: if they read others to you, press Decline.</source>
        <translation>Wenn Sie miteinander sprechen können, vergleichen Sie diese Wörter: Liest Ihr Helfer andere vor, drücken Sie „Ablehnen“.</translation>
    </message>
    <message>
        <source>Careful: honest helpers don&apos;t call or write out of the blue. If somebody you don&apos;t know sent you here, press Decline.</source>
        <translation>Vorsicht: Ehrliche Helfer melden sich nicht aus heiterem Himmel. Hat Sie jemand hierher geschickt, den Sie nicht kennen? Dann drücken Sie „Ablehnen“.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>How did you get this link?</source>
        <translation>Woher haben Sie diesen Link?</translation>
    </message>
    <message>
        <source>A stranger</source>
        <translation>Von jemand Fremdem</translation>
    </message>
    <message>
        <source>I asked for it</source>
        <translation>Ich habe darum gebeten</translation>
    </message>
    <message>
        <source>Someone I know</source>
        <translation>Von jemandem, den ich kenne</translation>
    </message>
    <message>
        <source>Please say first how you got this link.</source>
        <translation>Bitte sagen Sie zuerst, woher Sie diesen Link haben.</translation>
    </message>
    <message>
        <source>One moment: the line is not ready yet.</source>
        <translation>Einen Moment: Die Verbindung steht noch nicht.</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes for yourself. The customer does not see them.</source>
        <translation>Notizen für Sie selbst. Der Kunde sieht sie nicht.</translation>
    </message>
</context>
<context>
    <name>OwnFaceView</name>
    <message>
        <source>Your camera</source>
        <translation>Ihre Kamera</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>No camera: they can&apos;t see your face</source>
        <translation>Keine Kamera: Ihr Gesicht ist nicht zu sehen</translation>
    </message>
</context>
<context>
    <name>OwnServer</name>
    <message>
        <source>Customers reach you here</source>
        <translation>Hier erreichen Kunden Sie</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>QR code of the link</source>
        <translation>QR-Code des Links</translation>
    </message>
</context>
<context>
    <name>Person</name>
    <message>
        <source>they call themselves “{name}”</source>
        <translation>nennt sich „{name}“</translation>
    </message>
    <message>
        <source>not proven: their list of valid badges is older than a week</source>
        <translation>nicht nachgewiesen: Die Liste der gültigen Ausweise ist älter als eine Woche</translation>
    </message>
    <message>
        <source>proven: {domain}</source>
        <translation>nachgewiesen: {domain}</translation>
    </message>
    <message>
        <source>known since {date}</source>
        <translation>bekannt seit {date}</translation>
    </message>
    <message>
        <source>new to this computer</source>
        <translation>neu auf diesem Computer</translation>
    </message>
    <message>
        <source>They have no camera, so you can&apos;t see them.</source>
        <translation>Dort gibt es keine Kamera. Deshalb sehen Sie kein Gesicht.</translation>
    </message>
    <message>
        <source>Their picture is on its way.</source>
        <translation>Das Bild kommt gleich.</translation>
    </message>
    <message>
        <source>no longer live</source>
        <translation>nicht mehr live</translation>
    </message>
    <message>
        <source>The date of this computer seems wrong. Please check it some time.</source>
        <translation>Das Datum dieses Computers scheint falsch zu sein. Bitte prüfen Sie es bei Gelegenheit.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Your report</source>
        <translation>Ihre Meldung</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Your report is written. {unseen} Nobody has been told yet: that is for you.</source>
        <translation>Ihre Meldung ist geschrieben. {unseen} Noch weiß niemand davon: Das liegt bei Ihnen.</translation>
    </message>
    <message>
        <source>Show this file to somebody you trust, or to the police: {path}</source>
        <translation>Zeigen Sie diese Datei jemandem, dem Sie vertrauen, oder der Polizei: {path}</translation>
    </message>
    <message>
        <source>If you paid, or gave away bank details: call your bank now, at the number on your card. If you gave away a password: change it, on another device.</source>
        <translation>Haben Sie bezahlt oder Bankdaten verraten? Dann rufen Sie jetzt Ihre Bank an, unter der Nummer auf Ihrer Karte. Haben Sie ein Passwort verraten? Dann ändern Sie es, an einem anderen Gerät.</translation>
    </message>
    <message>
        <source>“{name}” wants to hear of it: {contact}</source>
        <translation>„{name}“ möchte davon erfahren: {contact}</translation>
    </message>
    <message>
        <source>Don&apos;t call a number that they gave you.</source>
        <translation>Rufen Sie keine Nummer an, die man Ihnen gegeben hat.</translation>
    </message>
</context>
<context>
    <name>RequestDialog</name>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <extracomment>`Allow` rests so long after each question came: a second click that was meant for something else hits nothing. More than the longest double click of the desktops (500 ms), less than it takes to read the sentence</extracomment>
        <translation>Einen Moment bitte.</translation>
    </message>
</context>
<context>
    <name>Rights</name>
    <message>
        <source>Show my screen</source>
        <translation>Meinen Bildschirm zeigen</translation>
    </message>
    <message>
        <source>Let them point</source>
        <translation>Zeigepfeil erlauben</translation>
    </message>
    <message>
        <source>Let them control</source>
        <translation>Steuerung erlauben</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>{name} wants to use your mouse and keyboard in the one window.</source>
        <translation>{name} möchte in dem einen Fenster Maus und Tastatur benutzen.</translation>
    </message>
    <message>
        <source>{name} wants to see the one window and point at things in it.</source>
        <translation>{name} möchte das eine Fenster sehen und darin auf etwas zeigen.</translation>
    </message>
    <message>
        <source>{name} wants to see the one window and use it.</source>
        <translation>{name} möchte das eine Fenster sehen und bedienen.</translation>
    </message>
    <message>
        <source>{name} wants to see your screen and point at things on it.</source>
        <translation>{name} möchte Ihren Bildschirm sehen und darauf auf etwas zeigen.</translation>
    </message>
    <message>
        <source>{name} wants to see your screen and use your mouse and keyboard.</source>
        <translation>{name} möchte Ihren Bildschirm sehen und Maus und Tastatur benutzen.</translation>
    </message>
    <message>
        <source>{name} wants to see your screen.</source>
        <translation>{name} möchte Ihren Bildschirm sehen.</translation>
    </message>
    <message>
        <source>{name} wants to point at things on your screen.</source>
        <translation>{name} möchte Ihnen auf dem Bildschirm mit einem Pfeil etwas zeigen.</translation>
    </message>
    <message>
        <source>{name} wants to use your mouse and keyboard.</source>
        <translation>{name} möchte Ihre Maus und Ihre Tastatur benutzen.</translation>
    </message>
    <message>
        <source>{name} wants to look after your printers.</source>
        <translation>{name} möchte sich um Ihre Drucker kümmern.</translation>
    </message>
    <message>
        <source>{name} wants to read facts about this computer.</source>
        <translation>{name} möchte Angaben über diesen Computer lesen.</translation>
    </message>
    <message>
        <source>{name} wants to share the clipboard with you.</source>
        <translation>{name} möchte die Zwischenablage mit Ihnen teilen.</translation>
    </message>
    <message>
        <source>{name} wants to exchange files with you.</source>
        <translation>{name} möchte Dateien mit Ihnen austauschen.</translation>
    </message>
    <message>
        <source>{name} asks to see these whole screens of yours instead of the one window: {screens}.</source>
        <translation>{name} möchte statt des einen Fensters diese Bildschirme von Ihnen ganz sehen: {screens}.</translation>
    </message>
    <message>
        <source>{name} asks to see your whole screen {screens} instead of the one window.</source>
        <translation>{name} möchte statt des einen Fensters Ihren ganzen Bildschirm {screens} sehen.</translation>
    </message>
    <message>
        <source>{name} asks to see these screens of yours: {screens}.</source>
        <translation>{name} möchte diese Bildschirme von Ihnen sehen: {screens}.</translation>
    </message>
    <message>
        <source>{name} asks to see and use these screens of yours: {screens}.</source>
        <translation>{name} möchte diese Bildschirme von Ihnen sehen und bedienen: {screens}.</translation>
    </message>
    <message>
        <source>{name} asks to see your other screen, {screens}.</source>
        <translation>{name} möchte Ihren anderen Bildschirm sehen: {screens}.</translation>
    </message>
    <message>
        <source>{name} asks to see and use your other screen, {screens}.</source>
        <translation>{name} möchte Ihren anderen Bildschirm sehen und bedienen: {screens}.</translation>
    </message>
</context>
<context>
    <name>RightsPart</name>
    <message>
        <source>This comes with a later version.</source>
        <extracomment>where each box stands: row, column</extracomment>
        <translation>Das kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Einen Moment bitte.</translation>
    </message>
</context>
<context>
    <name>ScreenPicture</name>
    <message>
        <source>Customer&apos;s screen</source>
        <translation>Bildschirm des Kunden</translation>
    </message>
    <message>
        <source>Not live: the picture from before the line was lost</source>
        <translation>Nicht live: das Bild von vor dem Abriss der Verbindung</translation>
    </message>
</context>
<context>
    <name>ScreenView</name>
    <message>
        <source>Whole screen</source>
        <translation>Ganzer Bildschirm</translation>
    </message>
    <message>
        <source>Type on the customer&apos;s computer</source>
        <translation>Auf dem Computer des Kunden tippen</translation>
    </message>
    <message>
        <source>Move the view left</source>
        <translation>Ausschnitt nach links schieben</translation>
    </message>
    <message>
        <source>Move the view right</source>
        <translation>Ausschnitt nach rechts schieben</translation>
    </message>
    <message>
        <source>Move the view up</source>
        <translation>Ausschnitt nach oben schieben</translation>
    </message>
    <message>
        <source>Move the view down</source>
        <translation>Ausschnitt nach unten schieben</translation>
    </message>
    <message>
        <source>(without a title)</source>
        <translation>(ohne Titel)</translation>
    </message>
    <message>
        <source>You see one window only, and only it can be used: {title}</source>
        <translation>Sie sehen nur ein einziges Fenster, und nur dieses lässt sich bedienen: {title}</translation>
    </message>
    <message>
        <source>The customer is using mouse and keyboard now: yours wait</source>
        <translation>Der Kunde benutzt gerade Maus und Tastatur: Ihre warten</translation>
    </message>
    <message>
        <source>keyboard: theirs – Esc Esc to free</source>
        <translation>Tastatur: beim Kunden – Esc Esc gibt sie frei</translation>
    </message>
    <message>
        <source>keyboard: here – click into the picture to type there</source>
        <translation>Tastatur: hier – ins Bild klicken, um dort zu tippen</translation>
    </message>
    <message>
        <source>keyboard: here</source>
        <translation>Tastatur: hier</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>All screens</source>
        <translation>Alle Bildschirme</translation>
    </message>
    <message>
        <source>{shown} of {all} screens</source>
        <translation>{shown} von {all} Bildschirmen</translation>
    </message>
</context>
<context>
    <name>SecondFactor</name>
    <message>
        <source>QR code of the key</source>
        <translation>QR-Code des Schlüssels</translation>
    </message>
    <message>
        <source>Your account gets its one-time codes now. Scan this key with an authenticator app on your phone, or type it there, then enter the code that the app shows. The key is shown only this once.</source>
        <translation>Ihr Konto bekommt jetzt seine Einmalcodes. Lesen Sie diesen Schlüssel mit einer Authenticator-App auf Ihrem Telefon ein, oder tippen Sie ihn dort, und geben Sie dann den Code ein, den die App zeigt. Der Schlüssel wird nur dieses eine Mal gezeigt.</translation>
    </message>
</context>
<context>
    <name>SendKeysButton</name>
    <message>
        <source>Send keys</source>
        <translation>Tasten senden</translation>
    </message>
    <message>
        <source>Function keys</source>
        <translation>Funktionstasten</translation>
    </message>
    <message>
        <source>You don&apos;t control the customer&apos;s computer. Ask with Ctrl+3.</source>
        <translation>Sie steuern den Computer des Kunden nicht. Fragen Sie mit Strg+3.</translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message>
        <source>Case, chat and tools</source>
        <translation>Fall, Chat und Werkzeuge</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>If you can talk, compare these words: if the customer reads others, end the visit.</source>
        <translation>Wenn Sie miteinander sprechen können, vergleichen Sie diese Wörter: Liest der Kunde andere, beenden Sie den Besuch.</translation>
    </message>
    <message>
        <source>Grants</source>
        <translation>Erlaubnisse</translation>
    </message>
    <message>
        <source>What the customer allows will stand here.</source>
        <translation>Hier steht, was der Kunde erlaubt.</translation>
    </message>
    <message>
        <source>Case and notes</source>
        <translation>Fall und Notizen</translation>
    </message>
    <message>
        <source>Write to the customer</source>
        <translation>Dem Kunden schreiben</translation>
    </message>
    <message>
        <source>The customer allows</source>
        <translation>Der Kunde erlaubt</translation>
    </message>
    <message numerus="yes">
        <source>Chat (%n new)</source>
        <translation>
            <numerusform>Chat (%n neu)</numerusform>
            <numerusform>Chat (%n neu)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Broker</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Use my badge</source>
        <translation>Meinen Ausweis benutzen</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Einmalcode</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Your badge is all you need, unless your server asks for an account.</source>
        <translation>Ihr Ausweis genügt, solange Ihr Server nicht nach einem Konto fragt.</translation>
    </message>
    <message>
        <source>Your server asks for your account, too.</source>
        <translation>Ihr Server fragt auch nach Ihrem Konto.</translation>
    </message>
    <message>
        <source>Please type your account and your password first.</source>
        <translation>Bitte tippen Sie zuerst Ihr Konto und Ihr Passwort.</translation>
    </message>
    <message>
        <source>Go to your server</source>
        <translation>Zu Ihrem Server</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>Please type the address of your server first.</source>
        <translation>Bitte geben Sie zuerst die Adresse Ihres Servers ein.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>What can we help you with?</source>
        <translation>Wie können wir helfen?</translation>
    </message>
    <message>
        <source>On the phone with someone?</source>
        <translation>Sind Sie mit jemandem am Telefon?</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Einen Moment bitte.</translation>
    </message>
    <message numerus="yes">
        <source>Here now: %n person(s)</source>
        <translation>
            <numerusform>Gerade hier: %n Person</numerusform>
            <numerusform>Gerade hier: %n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>The link was taken.</source>
        <translation>Der Link wurde übernommen.</translation>
    </message>
    <message>
        <source>For example: the printer stopped and nothing comes out.</source>
        <translation>Zum Beispiel: Der Drucker druckt nicht mehr, es kommt nichts heraus.</translation>
    </message>
    <message>
        <source>Describe the problem</source>
        <translation>Beschreiben Sie das Problem</translation>
    </message>
    <message>
        <source>Ask for help</source>
        <translation>Um Hilfe bitten</translation>
    </message>
    <message>
        <source>Until a helper answers, the server can read how your words begin. With a code, nobody but your helper reads them.</source>
        <translation>Bis ein Helfer antwortet, kann der Server den Anfang Ihrer Worte lesen. Mit einem Code liest sie nur Ihr Helfer.</translation>
    </message>
    <message>
        <source>Show me a code</source>
        <translation>Einen Code zeigen</translation>
    </message>
    <message>
        <source>Link from your helper</source>
        <translation>Link von Ihrem Helfer</translation>
    </message>
    <message>
        <source>Use link</source>
        <translation>Link nutzen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>RemoteHelp uses the language and colours of this computer. Choosing others comes later.</source>
        <translation>RemoteHelp nimmt Sprache und Farben dieses Computers. Andere auszuwählen kommt später.</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>No speaker</source>
        <translation>Kein Lautsprecher</translation>
    </message>
    <message>
        <source>A later version brings voice. Nobody hears you now.</source>
        <translation>Sprechen kommt mit einer späteren Version. Jetzt hört Sie niemand.</translation>
    </message>
    <message>
        <source>First put in the link from your helper, below.</source>
        <translation>Geben Sie zuerst unten den Link von Ihrem Helfer ein.</translation>
    </message>
    <message>
        <source>First put in the link that your helper sent you or reads to you:</source>
        <translation>Geben Sie zuerst den Link ein, den Ihr Helfer Ihnen geschickt hat oder vorliest:</translation>
    </message>
    <message>
        <source>Help comes from: {name}. Another helper? Put in their link:</source>
        <translation>Die Hilfe kommt von: {name}. Ein anderer Helfer? Geben Sie dessen Link ein:</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>They can see one window and nothing else.</source>
        <translation>Ein Fenster ist zu sehen und sonst nichts.</translation>
    </message>
    <message>
        <source>They can see your screen.</source>
        <translation>Ihr Bildschirm ist zu sehen.</translation>
    </message>
    <message>
        <source>Nobody can see your screen.</source>
        <translation>Niemand sieht Ihren Bildschirm.</translation>
    </message>
    <message>
        <source>They can no longer see anything.</source>
        <translation>Von Ihrem Computer ist nichts mehr zu sehen.</translation>
    </message>
    <message>
        <source>One moment: the picture of your screen is being switched off.</source>
        <translation>Einen Moment: Das Bild Ihres Bildschirms wird abgeschaltet.</translation>
    </message>
    <message>
        <source>You have mouse and keys; they wait.</source>
        <translation>Maus und Tasten haben Sie; Ihr Helfer wartet.</translation>
    </message>
    <message>
        <source>They can use your mouse and keyboard.</source>
        <translation>Ihr Helfer kann Maus und Tastatur benutzen.</translation>
    </message>
    <message>
        <source>Only you use mouse and keys.</source>
        <translation>Nur Sie steuern Ihren Computer.</translation>
    </message>
    <message>
        <source>There is no line yet.</source>
        <translation>Es gibt noch keine Verbindung.</translation>
    </message>
    <message>
        <source>The line is being made.</source>
        <translation>Die Verbindung wird aufgebaut.</translation>
    </message>
    <message>
        <source>The line is good.</source>
        <translation>Die Verbindung ist gut.</translation>
    </message>
    <message>
        <source>The line is weak. Everything takes a little longer.</source>
        <translation>Die Verbindung ist schwach. Alles dauert etwas länger.</translation>
    </message>
    <message>
        <source>We are trying to get the line back. Nothing was lost; if {name} stays away, the visit ends by itself.</source>
        <translation>Wir versuchen, die Verbindung wiederherzustellen. Nichts ging verloren; bleibt {name} weg, endet der Besuch von selbst.</translation>
    </message>
</context>
<context>
    <name>TechnicianWindow</name>
    <message>
        <source>RemoteHelp – technician</source>
        <translation>RemoteHelp – Techniker</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Tasten zeigen</translation>
    </message>
</context>
<context>
    <name>TheirScreens</name>
    <message>
        <source>Asked. The customer has not answered yet.</source>
        <translation>Ist angefragt. Die Antwort steht noch aus.</translation>
    </message>
    <message>
        <source>One window only</source>
        <translation>Nur ein Fenster</translation>
    </message>
    <message>
        <source>Their screens</source>
        <translation>Bildschirme drüben</translation>
    </message>
</context>
<context>
    <name>ToolsTab</name>
    <message>
        <source>Printers</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>Print queues</source>
        <translation>Druckerwarteschlangen</translation>
    </message>
    <message>
        <source>The customer&apos;s printers will stand here.</source>
        <translation>Hier stehen später die Drucker des Kunden.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Druckaufträge</translation>
    </message>
    <message>
        <source>What waits to be printed will stand here.</source>
        <translation>Hier steht später, was noch gedruckt werden soll.</translation>
    </message>
    <message>
        <source>Resume queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Cancel all jobs</source>
        <translation>Alle Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Print test page</source>
        <translation>Testseite drucken</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>A visit</source>
        <translation>Ein Besuch</translation>
    </message>
    <message>
        <source>The customer has left the visit.</source>
        <translation>Der Kunde hat den Besuch verlassen.</translation>
    </message>
    <message>
        <source>The customer sees your face and your name now, and decides whether to let you in.</source>
        <translation>Der Kunde sieht jetzt Ihr Gesicht und Ihren Namen und entscheidet, ob er Sie hereinlässt.</translation>
    </message>
    <message>
        <source>The picture is on its way …</source>
        <translation>Das Bild kommt gleich …</translation>
    </message>
    <message>
        <source>You can&apos;t see the customer&apos;s screen. Ask to see it with Ctrl+1.</source>
        <translation>Sie sehen den Bildschirm des Kunden nicht. Mit Strg+1 fragen Sie danach.</translation>
    </message>
</context>
<context>
    <name>WaitingColumn</name>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartende</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n more wait</source>
        <translation>
            <numerusform>%n wartet noch</numerusform>
            <numerusform>%n warten noch</numerusform>
        </translation>
    </message>
    <message>
        <source>(nothing written)</source>
        <translation>(nichts geschrieben)</translation>
    </message>
    <message>
        <source>{minutes} min: {words}</source>
        <translation>{minutes} min: {words}</translation>
    </message>
    <message>
        <source>Customers who wait will stand here as soon as you tick “Available”.</source>
        <translation>Hier stehen die Wartenden, sobald Sie „Verfügbar“ ankreuzen.</translation>
    </message>
    <message>
        <source>The list rests while you are with a customer.</source>
        <translation>Die Liste ruht, solange Sie bei einem Kunden sind.</translation>
    </message>
    <message>
        <source>Nobody waits. Customers who wait will stand here.</source>
        <translation>Niemand wartet. Hier werden die Wartenden stehen.</translation>
    </message>
    <message>
        <source>One moment, please …</source>
        <translation>Einen Moment bitte …</translation>
    </message>
    <message>
        <source>Tick “Available” first: then you see who waits.</source>
        <translation>Kreuzen Sie zuerst „Verfügbar“ an: Dann sehen Sie, wer wartet.</translation>
    </message>
    <message>
        <source>Nobody waits at the moment.</source>
        <translation>Im Moment wartet niemand.</translation>
    </message>
    <message>
        <source>You are not signed in at a server yet.</source>
        <translation>Sie sind noch bei keinem Server angemeldet.</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>You are in the list</source>
        <translation>Sie stehen in der Liste</translation>
    </message>
    <message>
        <source>Nothing of your computer can be seen before you allow it.</source>
        <translation>Von Ihrem Computer ist nichts zu sehen, solange Sie es nicht erlauben.</translation>
    </message>
    <message>
        <source>1. Leave this window open: as long as it is, you keep your place.</source>
        <translation>1. Lassen Sie dieses Fenster offen: So lange behalten Sie Ihren Platz.</translation>
    </message>
    <message>
        <source>2. When a helper is free, their face appears here. Then you decide.</source>
        <translation>2. Sobald ein Helfer frei ist, erscheint hier sein Gesicht. Dann entscheiden Sie.</translation>
    </message>
    <message>
        <source>A helper is coming</source>
        <translation>Ein Helfer kommt</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) before you</source>
        <translation>
            <numerusform>Vor Ihnen wartet %n Person</numerusform>
            <numerusform>Vor Ihnen warten %n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>You are next</source>
        <translation>Sie sind als Nächstes dran</translation>
    </message>
    <message>
        <source>No helper is free at the moment.</source>
        <translation>Im Moment ist kein Helfer frei.</translation>
    </message>
    <message numerus="yes">
        <source>Helpers who are free now: %n</source>
        <translation>
            <numerusform>Freie Helfer: %n</numerusform>
            <numerusform>Freie Helfer: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>Only this window: {title}</source>
        <translation>Nur dieses Fenster: {title}</translation>
    </message>
    <message>
        <source>(without a title)</source>
        <translation>(ohne Titel)</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Ctrl+Alt+Del</source>
        <translation>Strg+Alt+Entf</translation>
    </message>
    <message>
        <source>Ctrl+Esc</source>
        <translation>Strg+Esc</translation>
    </message>
    <message>
        <source>Esc Esc</source>
        <translation>Esc Esc</translation>
    </message>
    <message>
        <source>Alt+Tab</source>
        <translation>Alt+Tab</translation>
    </message>
    <message>
        <source>Alt+F4</source>
        <translation>Alt+F4</translation>
    </message>
    <message>
        <source>Super</source>
        <translation>Super</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfg</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>The other program sent a message that is far too long. For your safety the visit was ended.</source>
        <translation>Das andere Programm hat eine viel zu lange Nachricht geschickt. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>The other program sent a picture that can&apos;t be right. For your safety the visit was ended.</source>
        <translation>Das andere Programm hat ein Bild geschickt, das nicht stimmen kann. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>The other program sent a piece of its screen that can&apos;t be right. For your safety the visit was ended.</source>
        <translation>Das andere Programm hat ein Stück seines Bildschirms geschickt, das nicht stimmen kann. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>The other program sent something that this one does not understand. For your safety the visit was ended.</source>
        <translation>Das andere Programm hat etwas geschickt, das dieses hier nicht versteht. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>The other side uses a newer RemoteHelp. Please install the newest version and try again.</source>
        <translation>Die andere Seite benutzt ein neueres RemoteHelp. Bitte installieren Sie die neueste Version und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The demonstration stopped: {what}. Nothing outside it was changed; please try again, its logs say more.</source>
        <translation>Die Vorführung ist stehen geblieben: {what}. Außerhalb von ihr wurde nichts verändert; bitte versuchen Sie es noch einmal. In ihren Protokollen steht mehr.</translation>
    </message>
    <message>
        <source>The folder {folder} can&apos;t be written to. Please allow writing there, or choose another folder.</source>
        <translation>In den Ordner {folder} kann nicht geschrieben werden. Bitte erlauben Sie dort das Schreiben oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Something went wrong that should not happen. Nothing was sent. Details are in {log}.</source>
        <translation>Etwas ging schief, das nicht passieren sollte. Es wurde nichts gesendet. Einzelheiten stehen in {log}.</translation>
    </message>
    <message>
        <source>No code was entered. Please type the digits that the customer reads out to you.</source>
        <translation>Es wurde kein Code eingegeben. Bitte tippen Sie die Ziffern ein, die der Kunde Ihnen vorliest.</translation>
    </message>
    <message>
        <source>Some digits of the code are missing. A code has ten or eleven digits, like 4711-482-913.</source>
        <translation>Beim Code fehlen Ziffern. Ein Code hat zehn oder elf Ziffern, zum Beispiel 4711-482-913.</translation>
    </message>
    <message>
        <source>These are too many digits. A code has ten or eleven digits, like 4711-482-913.</source>
        <translation>Das sind zu viele Ziffern. Ein Code hat zehn oder elf Ziffern, zum Beispiel 4711-482-913.</translation>
    </message>
    <message>
        <source>A code has only digits, like 4711-482-913. Please ask the customer to read it out again.</source>
        <translation>Ein Code besteht nur aus Ziffern, zum Beispiel 4711-482-913. Bitte lassen Sie ihn sich vom Kunden noch einmal vorlesen.</translation>
    </message>
    <message>
        <source>The code did not fit, so nobody was let in and nothing was shared. A code works once: please use a new one.</source>
        <translation>Der Code hat nicht gepasst. Deshalb wurde niemand hereingelassen und nichts gezeigt. Ein Code gilt nur einmal: Bitte nehmen Sie einen neuen.</translation>
    </message>
    <message>
        <source>This code is older than ten minutes and no longer works. Nothing was shared. Please use a new one.</source>
        <translation>Dieser Code ist älter als zehn Minuten und gilt nicht mehr. Es wurde nichts gezeigt. Bitte nehmen Sie einen neuen.</translation>
    </message>
    <message>
        <source>These digits were already tried. A code works only once: please ask the customer for a new one.</source>
        <translation>Diese Ziffern wurden schon einmal versucht. Ein Code gilt nur einmal: Bitte lassen Sie sich vom Kunden einen neuen geben.</translation>
    </message>
    <message>
        <source>Three codes in a row failed, so somebody may be guessing. Nothing was shared. Please wait {minutes} minutes, and go on only with someone you called yourself.</source>
        <translation>Drei Codes hintereinander haben nicht gepasst. Vielleicht rät jemand. Es wurde nichts gezeigt. Bitte warten Sie {minutes} Minuten und machen Sie nur mit jemandem weiter, den Sie selbst angerufen haben.</translation>
    </message>
    <message>
        <source>Something came that does not belong here, as if someone else had tried this code too. Nothing was shared. Please use a new code.</source>
        <translation>Es kam etwas, das nicht hierher gehört, so als hätte noch jemand diesen Code versucht. Es wurde nichts gezeigt. Bitte nehmen Sie einen neuen Code.</translation>
    </message>
    <message>
        <source>The server sent this computer&apos;s own message back, as if someone stood in between. Nothing was shared. Please use a new code.</source>
        <translation>Der Server hat die eigene Nachricht dieses Computers zurückgeschickt, so als stünde jemand dazwischen. Es wurde nichts gezeigt. Bitte nehmen Sie einen neuen Code.</translation>
    </message>
    <message>
        <source>What came through the server was not what the other side sent. Nothing was shown. Please try once more; if it happens again, use a code on the phone.</source>
        <translation>Was über den Server kam, war nicht das, was die andere Seite geschickt hat. Es wurde nichts gezeigt. Bitte versuchen Sie es noch einmal; geschieht es wieder, nehmen Sie einen Code am Telefon.</translation>
    </message>
    <message>
        <source>Too many people wait for help at the moment. Please try again in a while. Your words are still here.</source>
        <translation>Im Moment warten zu viele Menschen auf Hilfe. Bitte versuchen Sie es nach einer Weile noch einmal. Ihre Worte stehen noch hier.</translation>
    </message>
    <message>
        <source>Several people wait for help from your connection already. Please try again in a while. Your words are still here.</source>
        <translation>Von Ihrem Anschluss aus warten schon mehrere auf Hilfe. Bitte versuchen Sie es nach einer Weile noch einmal. Ihre Worte stehen noch hier.</translation>
    </message>
    <message>
        <source>Nobody was free for two hours. Please ask again. Your words are still here.</source>
        <translation>Zwei Stunden lang war niemand frei. Bitte fragen Sie noch einmal. Ihre Worte stehen noch hier.</translation>
    </message>
    <message>
        <source>Several helpers came and went before they could be checked. Nothing was shown. Please ask again, or use a code on the phone.</source>
        <translation>Mehrere Helfer kamen und gingen, bevor sie geprüft werden konnten. Es wurde nichts gezeigt. Bitte fragen Sie noch einmal, oder nehmen Sie einen Code am Telefon.</translation>
    </message>
    <message>
        <source>Somebody else has taken this customer, or they have left. Please take another one.</source>
        <translation>Jemand anders hat diesen Kunden übernommen, oder er ist gegangen. Bitte übernehmen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The server did not hear from this computer for 30 seconds. The customer is back in the list.</source>
        <translation>Der Server hat 30 Sekunden lang nichts von diesem Computer gehört. Der Kunde steht wieder in der Liste.</translation>
    </message>
    <message>
        <source>A message was changed or left out on the way, so the visit was ended for your safety. Please use a new code.</source>
        <translation>Eine Nachricht wurde unterwegs verändert oder ausgelassen. Zu Ihrer Sicherheit wurde der Besuch deshalb beendet. Bitte nehmen Sie einen neuen Code.</translation>
    </message>
    <message>
        <source>This name can&apos;t be used: it is empty, longer than 100 characters, or holds signs that can&apos;t be seen. Please type it anew.</source>
        <translation>Dieser Name geht nicht: Er ist leer, länger als 100 Zeichen oder enthält unsichtbare Zeichen. Bitte geben Sie ihn neu ein.</translation>
    </message>
    <message>
        <source>This given name can&apos;t be used: it is empty, longer than 100 characters, or holds signs that can&apos;t be seen. Please type it anew.</source>
        <translation>Dieser Vorname geht nicht: Er ist leer, länger als 100 Zeichen oder enthält Zeichen, die man nicht sieht. Bitte geben Sie ihn neu ein.</translation>
    </message>
    <message>
        <source>This surname can&apos;t be used: it is empty, longer than 100 characters, or holds signs that can&apos;t be seen. Please type it anew.</source>
        <translation>Dieser Nachname geht nicht: Er ist leer, länger als 100 Zeichen oder enthält Zeichen, die man nicht sieht. Bitte geben Sie ihn neu ein.</translation>
    </message>
    <message>
        <source>This name of an organisation can&apos;t be used: it is empty, longer than 100 characters, or holds signs that can&apos;t be seen. Please type it anew.</source>
        <translation>Dieser Name einer Organisation geht nicht: Er ist leer, länger als 100 Zeichen oder enthält Zeichen, die man nicht sieht. Bitte geben Sie ihn neu ein.</translation>
    </message>
    <message>
        <source>This is not a domain. Please write it like help.example.org, without https:// in front.</source>
        <translation>Das ist keine Domain. Bitte schreiben Sie sie wie help.example.org, ohne https:// davor.</translation>
    </message>
    <message>
        <source>At most {most} words of 3 to 32 characters can be added, without signs that can&apos;t be seen. Nothing was made; please change them.</source>
        <translation>Höchstens {most} Wörter von 3 bis 32 Zeichen können dazukommen, ohne unsichtbare Zeichen. Nichts wurde angelegt; bitte ändern Sie sie.</translation>
    </message>
    <message>
        <source>The photo can&apos;t be used: it has to be a JPEG picture of at most 64 KiB. Please choose another one.</source>
        <translation>Das Foto ist nicht geeignet: Es muss ein JPEG-Bild von höchstens 64 KiB sein. Bitte wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The photo is not the one that belongs to the badge, so it is not shown.</source>
        <translation>Das Foto ist nicht das, das zum Ausweis gehört. Deshalb wird es nicht gezeigt.</translation>
    </message>
    <message>
        <source>This file is not a whole request for a badge, so nothing was signed. Please ask the technician for it again.</source>
        <translation>Diese Datei ist kein vollständiger Antrag auf einen Ausweis. Deshalb wurde nichts unterschrieben. Bitte lassen Sie sich den Antrag vom Techniker noch einmal geben.</translation>
    </message>
    <message>
        <source>A badge is valid for 1 to {most} days. Please choose one of them.</source>
        <translation>Ein Ausweis gilt 1 bis {most} Tage. Bitte wählen Sie eine Zahl dazwischen.</translation>
    </message>
    <message>
        <source>The badge is not signed as it should be, so it was refused. Nothing was shared.</source>
        <translation>Der Ausweis ist nicht so unterschrieben, wie er sein soll. Deshalb wurde er abgelehnt. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The badge belongs to another organisation than the one you asked for help, so it was refused. Nothing was shared.</source>
        <translation>Der Ausweis gehört zu einer anderen Organisation als der, die Sie um Hilfe gebeten haben. Deshalb wurde er abgelehnt. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The badge has expired, so it was refused. Nothing was shared. The technician needs a new one from the organisation.</source>
        <translation>Der Ausweis ist abgelaufen. Deshalb wurde er abgelehnt. Es wurde nichts gezeigt. Der Techniker braucht einen neuen von der Organisation.</translation>
    </message>
    <message>
        <source>The badge is not valid yet, so it was refused. Nothing was shared. Please check the date of this computer.</source>
        <translation>Der Ausweis gilt noch nicht. Deshalb wurde er abgelehnt. Es wurde nichts gezeigt. Bitte prüfen Sie das Datum dieses Computers.</translation>
    </message>
    <message>
        <source>The organisation has revoked this badge, so it was refused. Nothing was shared.</source>
        <translation>Die Organisation hat diesen Ausweis für ungültig erklärt. Deshalb wurde er abgelehnt. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The technician&apos;s badge is not valid any more, so the visit has ended. Nothing was lost.</source>
        <translation>Der Ausweis des Technikers gilt nicht mehr, deshalb ist der Besuch beendet. Es ging nichts verloren.</translation>
    </message>
    <message>
        <source>This badge was made for another computer or another request. Please install it where the request was made.</source>
        <translation>Dieser Ausweis ist für einen anderen Computer oder einen anderen Antrag gemacht. Bitte installieren Sie ihn dort, wo der Antrag entstanden ist.</translation>
    </message>
    <message>
        <source>There is no badge on this computer yet. Please make a request and send it to your organisation.</source>
        <translation>Auf diesem Computer gibt es noch keinen Ausweis. Bitte machen Sie einen Antrag und schicken Sie ihn an Ihre Organisation.</translation>
    </message>
    <message>
        <source>The organisation&apos;s list of revoked badges is missing or was changed, so no badge was accepted. Nothing was shared.</source>
        <translation>Die Liste der ungültigen Ausweise dieser Organisation fehlt oder wurde verändert. Deshalb wurde kein Ausweis angenommen. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The server hands out an old list of revoked badges, so no badge was accepted. Nothing was shared.</source>
        <translation>Der Server gibt eine alte Liste der ungültigen Ausweise heraus. Deshalb wurde kein Ausweis angenommen. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The other side has the code but could not prove that the badge is its own, so it was refused. Nothing was shared.</source>
        <translation>Die andere Seite hat den Code, konnte aber nicht nachweisen, dass der Ausweis ihr eigener ist. Deshalb wurde sie abgelehnt. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The server could not check that this badge is yours. Please try to sign in again.</source>
        <translation>Der Server konnte nicht prüfen, ob dieser Ausweis Ihrer ist. Bitte versuchen Sie noch einmal, sich anzumelden.</translation>
    </message>
    <message>
        <source>Someone calls themselves {name}, but is not the {name} that this computer knows, so they were refused. Nothing was shared. Please call {name} on a number that you know already.</source>
        <translation>Jemand nennt sich {name}, ist aber nicht die Organisation {name}, die dieser Computer kennt, und wurde deshalb abgelehnt. Es wurde nichts gezeigt. Bitte rufen Sie {name} unter einer Nummer an, die Sie schon kennen.</translation>
    </message>
    <message>
        <source>The organisation&apos;s public file was changed or is damaged. Please get it again from the organisation.</source>
        <translation>Die öffentliche Datei der Organisation wurde verändert oder ist beschädigt. Bitte lassen Sie sie sich von der Organisation noch einmal geben.</translation>
    </message>
    <message>
        <source>There is an organisation in {folder} already, and it was left as it is. Please choose another folder.</source>
        <translation>In {folder} gibt es schon eine Organisation. Sie wurde so gelassen, wie sie ist. Bitte wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>There is no organisation in {folder}. Please choose the folder that org init made.</source>
        <translation>In {folder} gibt es keine Organisation. Bitte wählen Sie den Ordner, den org init angelegt hat.</translation>
    </message>
    <message>
        <source>The list of revoked badges in {file} was changed or is damaged, so it was left as it is. Please bring it back from a copy.</source>
        <translation>Die Liste der widerrufenen Ausweise in {file} wurde verändert oder ist beschädigt, deshalb wurde sie so gelassen, wie sie ist. Bitte holen Sie sie aus einer Kopie zurück.</translation>
    </message>
    <message>
        <source>No badge with the number {serial} was ever issued here. Nothing was changed.</source>
        <translation>Ein Ausweis mit der Nummer {serial} wurde hier nie ausgestellt. Es wurde nichts verändert.</translation>
    </message>
    <message>
        <source>This link is not whole. Please copy all of it, from remotehelp:// to its end, or ask for it again.</source>
        <translation>Dieser Link ist nicht vollständig. Bitte kopieren Sie ihn ganz, von remotehelp:// bis zum Ende, oder bitten Sie noch einmal darum.</translation>
    </message>
    <message>
        <source>This is not the address of a server. Please write it like https://help.example.org.</source>
        <translation>Das ist keine Adresse eines Servers. Bitte schreiben Sie sie wie https://help.example.org.</translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be written. Please allow writing there, or choose another place.</source>
        <translation>Die Datei {file} kann nicht geschrieben werden. Bitte erlauben Sie dort das Schreiben oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be read or is not what it should be. Please check it and try again.</source>
        <translation>Die Datei {file} ist nicht zu lesen oder nicht das, was sie sein soll. Bitte prüfen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The private key in {file} is damaged. Please bring it back from a copy; nothing was changed.</source>
        <translation>Der private Schlüssel in {file} ist beschädigt. Bitte holen Sie ihn aus einer Kopie zurück; es wurde nichts verändert.</translation>
    </message>
    <message>
        <source>The file {file}, which holds the organisations that you know, is damaged. Nothing was changed. Please bring it back from a copy, or remove it to start anew.</source>
        <translation>Die Datei {file} mit den Organisationen, die Sie kennen, ist beschädigt. Es wurde nichts verändert. Bitte holen Sie sie aus einer Kopie zurück, oder entfernen Sie sie, um neu anzufangen.</translation>
    </message>
    <message>
        <source>No camera was found. Customers can&apos;t see your face, so you can&apos;t ask for control; you can still see and point. Plug in a camera and start the program again.</source>
        <translation>Es wurde keine Kamera gefunden. Kunden können Ihr Gesicht nicht sehen, darum können Sie nicht um die Steuerung bitten; sehen und zeigen geht trotzdem. Schließen Sie eine Kamera an und starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The camera can&apos;t be used, maybe because another program has it. Customers can&apos;t see your face now, and who has not seen it can&apos;t give you control. Close the other program and start this one again.</source>
        <translation>Die Kamera lässt sich nicht nutzen, vielleicht hat sie ein anderes Programm. Kunden sehen Ihr Gesicht jetzt nicht, und wer es nicht gesehen hat, kann Ihnen die Steuerung nicht geben. Schließen Sie das andere Programm und starten Sie dieses neu.</translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be played as your face. Nothing is lost. Please choose another video file.</source>
        <translation>Die Datei {file} lässt sich nicht als Ihr Gesicht abspielen. Nichts ist verloren. Bitte wählen Sie eine andere Videodatei.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Something went wrong that should not happen. Nothing was sent, and no log could be written.</source>
        <translation>Etwas ging schief, das nicht passieren sollte. Es wurde nichts gesendet, und ein Protokoll ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The request is in {file}: send it to your organisation. Your private key stays on this computer.</source>
        <translation>Der Antrag liegt in {file}: Schicken Sie ihn an Ihre Organisation. Ihr privater Schlüssel bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>You are {name} of {organisation} from now on; the badge is valid until {until}.</source>
        <translation>Sie sind ab jetzt {name} von {organisation}; der Ausweis gilt bis {until}.</translation>
    </message>
    <message>
        <source>The organisation {name} is made. The folder {public} is all that your server needs.</source>
        <translation>Die Organisation {name} ist angelegt. Ihr Server braucht nur den Ordner {public}.</translation>
    </message>
    <message>
        <source>Badge {serial} for {name} is in {file}; it is valid until {until}.</source>
        <translation>Ausweis {serial} für {name} liegt in {file}; er gilt bis {until}.</translation>
    </message>
    <message>
        <source>The list of revoked badges is renewed. Please bring {public} to your server.</source>
        <translation>Die Liste der ungültigen Ausweise ist erneuert. Bitte bringen Sie {public} auf Ihren Server.</translation>
    </message>
    <message>
        <source>Badge {serial} is revoked. It works until {public} has been brought to your server.</source>
        <translation>Ausweis {serial} ist für ungültig erklärt. Er gilt noch, bis {public} auf Ihrem Server liegt.</translation>
    </message>
    <message>
        <source>There is no such code, or it no longer works. Nothing was shared. Please ask the customer for a new code.</source>
        <translation>Diesen Code gibt es nicht, oder er gilt nicht mehr. Es wurde nichts gezeigt. Bitte lassen Sie sich vom Kunden einen neuen Code geben.</translation>
    </message>
    <message>
        <source>The code was entered twice or not answered in time, so it no longer works. Nothing was shared. Please use a new code.</source>
        <translation>Der Code wurde zweimal eingegeben oder nicht rechtzeitig beantwortet und gilt deshalb nicht mehr. Es wurde nichts gezeigt. Bitte nehmen Sie einen neuen Code.</translation>
    </message>
    <message>
        <source>Too many codes were asked for from this network. Nothing was lost. Please wait a minute and try again.</source>
        <translation>Aus diesem Netz wurden zu viele Codes angefordert. Es ging nichts verloren. Bitte warten Sie eine Minute und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Too many codes were tried from this network. Nothing was lost. Please wait a minute and try again.</source>
        <translation>Aus diesem Netz wurden zu viele Codes versucht. Es ging nichts verloren. Bitte warten Sie eine Minute und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This program sent more messages than the server takes, so the server ended the connection. Please try again in a minute.</source>
        <translation>Dieses Programm hat mehr Nachrichten geschickt, als der Server annimmt. Deshalb hat der Server die Verbindung beendet. Bitte versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>The server ended a connection on which nothing was asked for. Nothing was lost. Please try again.</source>
        <translation>Der Server hat eine Verbindung beendet, auf der nichts gefragt wurde. Es ging nichts verloren. Bitte versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>You are not signed in. Please sign in with your badge first.</source>
        <translation>Sie sind nicht angemeldet. Bitte melden Sie sich zuerst mit Ihrem Ausweis an.</translation>
    </message>
    <message>
        <source>The account, the password or the one-time code is not right. Nothing was lost. A code works once: please check all three, and wait for the next code.</source>
        <translation>Das Konto, das Passwort oder der Einmalcode stimmt nicht. Es ging nichts verloren. Ein Code gilt einmal: Bitte prüfen Sie alle drei, und warten Sie auf den nächsten Code.</translation>
    </message>
    <message>
        <source>There were too many tries to sign in with this account or from this network. Nothing was lost. Please try again in 15 minutes.</source>
        <translation>Es wurde zu oft versucht, sich mit diesem Konto oder aus diesem Netz anzumelden. Es ging nichts verloren. Bitte versuchen Sie es in 15 Minuten noch einmal.</translation>
    </message>
    <message>
        <source>Your sign-in has ended. Nothing was lost. Please sign in with your account again.</source>
        <translation>Ihre Anmeldung ist zu Ende. Es ging nichts verloren. Bitte melden Sie sich noch einmal mit Ihrem Konto an.</translation>
    </message>
    <message>
        <source>This server has no organisation yet, so nobody can sign in there. Please ask whoever runs it to set one.</source>
        <translation>Dieser Server hat noch keine Organisation, deshalb kann sich dort niemand anmelden. Bitte fragen Sie, wer ihn betreibt, nach einer Organisation.</translation>
    </message>
    <message>
        <source>The server has no free codes just now. Nothing was lost. Please try again in a few minutes.</source>
        <translation>Der Server hat gerade keine freien Codes. Es ging nichts verloren. Bitte versuchen Sie es in ein paar Minuten noch einmal.</translation>
    </message>
    <message>
        <source>The server can&apos;t do this just now. Nothing was lost. Please try again in a minute.</source>
        <translation>Der Server kann das gerade nicht. Es ging nichts verloren. Bitte versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Another program already uses port {port}. Nothing was started. Please stop that program or choose another port.</source>
        <translation>Ein anderes Programm benutzt schon den Port {port}. Es wurde nichts gestartet. Bitte beenden Sie dieses Programm oder wählen Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>This account may not use port {port}. Nothing was started. Please choose a port above 1023.</source>
        <translation>Dieses Konto darf den Port {port} nicht benutzen. Es wurde nichts gestartet. Bitte wählen Sie einen Port über 1023.</translation>
    </message>
    <message>
        <source>This computer has no address {host}. Nothing was started. Please choose an address of this computer.</source>
        <translation>Dieser Computer hat keine Adresse {host}. Es wurde nichts gestartet. Bitte wählen Sie eine Adresse dieses Computers.</translation>
    </message>
    <message>
        <source>The database {file} was written by a newer RemoteHelp. It was left as it is. Please install the newest version.</source>
        <translation>Die Datenbank {file} wurde von einem neueren RemoteHelp geschrieben. Sie wurde so gelassen, wie sie ist. Bitte installieren Sie die neueste Version.</translation>
    </message>
    <message>
        <source>The database {file} can&apos;t be used. It was left as it is. Please restore it from a backup, or choose another folder.</source>
        <translation>Die Datenbank {file} ist nicht zu benutzen. Sie wurde so gelassen, wie sie ist. Bitte holen Sie sie aus einer Sicherung zurück oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Another program is using the database {file}. Nothing was started and nothing was lost. Please try again in a moment.</source>
        <translation>Ein anderes Programm benutzt die Datenbank {file}. Nichts wurde gestartet, und nichts ging verloren. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Another server is using the folder {folder}. Nothing was started. Please stop that one and try again in a moment, or choose another folder.</source>
        <translation>Ein anderer Server benutzt den Ordner {folder}. Nichts wurde gestartet. Bitte beenden Sie ihn und versuchen Sie es gleich noch einmal, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The database in {folder} has lost its accounts, so nobody would have to sign in with one. Nothing was started. Please restore it from a backup, or add the accounts again.</source>
        <translation>Die Datenbank in {folder} hat ihre Konten verloren, sodass niemand sich mehr mit einem anmelden müsste. Es wurde nichts gestartet. Bitte stellen Sie sie aus einer Sicherung wieder her, oder legen Sie die Konten neu an.</translation>
    </message>
    <message>
        <source>There is an account {name} already. Nothing was changed; a new password is given by reset.</source>
        <translation>Ein Konto {name} gibt es schon. Es wurde nichts geändert; ein neues Passwort gibt reset.</translation>
    </message>
    <message>
        <source>There is no account {name}. Nothing was changed.</source>
        <translation>Ein Konto {name} gibt es nicht. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>This can&apos;t be the name of an account. Please use at most 64 letters from a to z and digits, with . _ @ - between them.</source>
        <translation>So kann kein Konto heißen. Bitte nehmen Sie höchstens 64 Buchstaben von a bis z und Ziffern, dazwischen auch . _ @ -.</translation>
    </message>
    <message>
        <source>A password has {least} to {most} characters. Nothing was changed. Please choose another one.</source>
        <translation>Ein Passwort hat {least} bis {most} Zeichen. Es wurde nichts geändert. Bitte wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The account {name} is there. At its first sign-in it gets the key for its one-time codes; from now on this server asks every technician for an account.</source>
        <translation>Das Konto {name} ist angelegt. Bei der ersten Anmeldung bekommt es den Schlüssel für seine Einmalcodes; von jetzt an fragt dieser Server jeden Techniker nach einem Konto.</translation>
    </message>
    <message>
        <source>The account {name} lets nobody in any more.</source>
        <translation>Das Konto {name} lässt niemanden mehr ein.</translation>
    </message>
    <message>
        <source>The account {name} has a new password, and gets a new key for one-time codes at its next sign-in.</source>
        <translation>Das Konto {name} hat ein neues Passwort und bekommt bei der nächsten Anmeldung einen neuen Schlüssel für Einmalcodes.</translation>
    </message>
    <message>
        <source>This is no address of a relay: {uri}. Nothing was started. Please write it like turn:help.example.org:3478 or turns:help.example.org:443.</source>
        <translation>Das ist keine Adresse eines Vermittlers (Relay): {uri}. Es wurde nichts gestartet. Bitte schreiben Sie sie wie turn:help.example.org:3478 oder turns:help.example.org:443.</translation>
    </message>
    <message>
        <source>A relay needs the file with its secret, too. Nothing was started. Please add --turn-secret-file.</source>
        <translation>Ein Relay braucht auch die Datei mit seinem Geheimnis. Es wurde nichts gestartet. Bitte geben Sie --turn-secret-file dazu an.</translation>
    </message>
    <message>
        <source>The secret in {file} is too short: somebody could guess it. Nothing was started. Please take at least {least} random characters.</source>
        <translation>Das Geheimnis in {file} ist zu kurz: Jemand könnte es erraten. Es wurde nichts gestartet. Bitte nehmen Sie mindestens {least} zufällige Zeichen.</translation>
    </message>
    <message>
        <source>The list of revoked badges in {file} is too long to hand to customers. Nothing was started. Please renew it, so that badges that expired long ago are left out.</source>
        <translation>Die Liste der ungültigen Ausweise in {file} ist zu lang, um sie Kunden zu geben. Es wurde nichts gestartet. Bitte erneuern Sie sie; dann fallen Ausweise weg, die längst abgelaufen sind.</translation>
    </message>
    <message>
        <source>No screen was found on this computer. Nothing was started. Please sign in to the desktop and start RemoteHelp from there.</source>
        <translation>Auf diesem Computer wurde kein Bildschirm gefunden. Es wurde nichts gestartet. Bitte melden Sie sich am Desktop an und starten Sie RemoteHelp von dort.</translation>
    </message>
    <message>
        <source>This desktop runs on Wayland, which RemoteHelp can&apos;t share yet: that comes later. Nothing was shared. Please log out, choose the entry with “Xorg” or “X11” at the sign-in screen, and sign in again.</source>
        <translation>Dieser Desktop läuft mit Wayland. Das kann RemoteHelp noch nicht zeigen, es kommt später. Es wurde nichts gezeigt. Bitte melden Sie sich ab, wählen Sie bei der Anmeldung den Eintrag mit „Xorg“ oder „X11“ und melden Sie sich wieder an.</translation>
    </message>
    <message>
        <source>The connection to this computer&apos;s screen ended, so sharing and control have stopped.</source>
        <translation>Die Verbindung zum Bildschirm dieses Computers ist abgerissen. Deshalb wird nichts mehr gezeigt und nichts mehr gesteuert.</translation>
    </message>
    <message>
        <source>The monitor {monitor} is no longer connected, so it is not shown any more. Please choose another monitor.</source>
        <translation>Der Bildschirm {monitor} ist nicht mehr angeschlossen und wird deshalb nicht mehr gezeigt. Bitte wählen Sie einen anderen Bildschirm.</translation>
    </message>
    <message>
        <source>These screens together are too large for one picture. Nothing was changed. Please choose one.</source>
        <translation>Diese Bildschirme sind zusammen zu groß für ein Bild. Es wurde nichts geändert. Bitte wählen Sie einen davon.</translation>
    </message>
    <message>
        <source>The screen {monitor} is too large for one picture, so nothing is shown now. Choose what they may see, and allow it again.</source>
        <translation>Der Bildschirm {monitor} ist zu groß für ein Bild, darum wird jetzt nichts gezeigt. Wählen Sie, was gesehen werden darf, und erlauben Sie es neu.</translation>
    </message>
    <message>
        <source>These screens became too large to be shown together, so {left} is shown instead. Mouse and keyboard are yours alone until you allow them again.</source>
        <translation>Diese Bildschirme sind zusammen zu groß für ein Bild geworden, darum wird jetzt {left} gezeigt. Maus und Tastatur gehören Ihnen allein, bis Sie sie wieder erlauben.</translation>
    </message>
    <message>
        <source>The screen {monitor} is gone, so {left} is shown instead. Mouse and keyboard are yours alone until you allow them again.</source>
        <translation>Der Bildschirm {monitor} ist weg, darum wird jetzt {left} gezeigt. Maus und Tastatur gehören Ihnen allein, bis Sie sie wieder erlauben.</translation>
    </message>
    <message>
        <source>The customer&apos;s screen {monitor} is gone; you see what is left. Control has to be allowed again.</source>
        <translation>Der Bildschirm {monitor} des Kunden ist weg; Sie sehen, was übrig ist. Die Bedienung muss neu erlaubt werden.</translation>
    </message>
    <message>
        <source>The window that was shown is not there any more, so nothing is shown now. Choose what they may see, and allow it again.</source>
        <translation>Das Fenster, das gezeigt wurde, ist nicht mehr da; jetzt wird nichts gezeigt. Wählen Sie, was zu sehen sein darf, und erlauben Sie es neu.</translation>
    </message>
    <message>
        <source>The window that you saw was closed, so you don&apos;t see anything any more. Please ask again.</source>
        <translation>Das Fenster, das Sie sahen, wurde geschlossen; Sie sehen jetzt nichts mehr. Bitte fragen Sie neu.</translation>
    </message>
    <message>
        <source>This desktop can&apos;t show one window alone. You can show a whole screen instead.</source>
        <translation>Dieser Desktop kann kein einzelnes Fenster zeigen. Sie können stattdessen einen ganzen Bildschirm zeigen.</translation>
    </message>
    <message>
        <source>Only the window that is shown can be used. Nothing was pressed anywhere else.</source>
        <translation>Nur das gezeigte Fenster lässt sich bedienen. Anderswo wurde nichts gedrückt.</translation>
    </message>
    <message>
        <source>This desktop can&apos;t tell what changes on the screen, so it can&apos;t be shown. Nothing was shared. Please choose another kind of desktop at the sign-in screen.</source>
        <translation>Dieser Desktop kann nicht sagen, was sich auf dem Bildschirm ändert. Deshalb kann er nicht gezeigt werden. Es wurde nichts gezeigt. Bitte wählen Sie bei der Anmeldung eine andere Art von Desktop.</translation>
    </message>
    <message>
        <source>This desktop doesn&apos;t let RemoteHelp see the screen. Nothing was shared. Please set the screen to millions of colours, or choose another kind of desktop at the sign-in screen.</source>
        <translation>Dieser Desktop lässt RemoteHelp den Bildschirm nicht sehen. Es wurde nichts gezeigt. Bitte stellen Sie den Bildschirm auf Millionen Farben, oder wählen Sie bei der Anmeldung eine andere Art von Desktop.</translation>
    </message>
    <message>
        <source>This desktop doesn&apos;t let a program move the mouse or press keys, so nobody can control it. Please choose another kind of desktop at the sign-in screen.</source>
        <translation>Auf diesem Desktop darf kein Programm die Maus bewegen oder Tasten drücken. Deshalb kann ihn niemand steuern. Bitte wählen Sie bei der Anmeldung eine andere Art von Desktop.</translation>
    </message>
    <message>
        <source>RemoteHelp can&apos;t hear the keys Ctrl+Alt+End on this desktop, so it shares nothing. Please choose another kind of desktop at the sign-in screen.</source>
        <translation>RemoteHelp kann auf diesem Desktop die Tasten Strg+Alt+Ende nicht hören. Deshalb zeigt es nichts. Bitte wählen Sie bei der Anmeldung eine andere Art von Desktop.</translation>
    </message>
    <message>
        <source>The part that can stop everything in an emergency is not running, so nobody but you can use mouse and keyboard. They can be allowed again.</source>
        <translation>Der Teil, der im Notfall alles anhalten kann, läuft nicht; deshalb kann niemand außer Ihnen Maus und Tastatur benutzen. Beides kann neu erlaubt werden.</translation>
    </message>
    <message>
        <source>The part that moves the mouse and presses keys stopped. All keys were let go of and control has ended. It can be allowed again.</source>
        <translation>Der Teil, der die Maus bewegt und Tasten drückt, ist stehen geblieben. Alle Tasten wurden losgelassen, und die Steuerung ist beendet. Sie kann wieder erlaubt werden.</translation>
    </message>
    <message>
        <source>RemoteHelp&apos;s own windows can be used only by the person at that computer. Nothing was pressed there.</source>
        <translation>Die Fenster von RemoteHelp kann nur bedienen, wer an jenem Computer sitzt. Dort wurde nichts gedrückt.</translation>
    </message>
    <message>
        <source>The other computer has no such key. Nothing was pressed; everything else goes on.</source>
        <translation>Diese Taste gibt es auf dem anderen Computer nicht. Es wurde nichts gedrückt; alles andere geht weiter.</translation>
    </message>
    <message>
        <source>Please enter the link from your helper first. It says whom you let in.</source>
        <translation>Bitte geben Sie zuerst den Link von Ihrem Helfer ein. Er sagt, wen Sie hereinlassen.</translation>
    </message>
    <message>
        <source>This link does not belong to the server that it names: maybe a letter of it is wrong. Nothing was shared. Please ask your helper for the link and put it in again.</source>
        <translation>Dieser Link gehört nicht zu dem Server, den er nennt: Vielleicht ist ein Buchstabe falsch. Nichts wurde gezeigt. Bitte fragen Sie Ihren Helfer nach dem Link und geben Sie ihn noch einmal ein.</translation>
    </message>
    <message>
        <source>The server at {address} does not answer. Nothing was shared. Please check your internet connection and try again.</source>
        <translation>Der Server unter {address} antwortet nicht. Es wurde nichts gezeigt. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The connection to the server ended. Nothing is lost. Please connect again.</source>
        <translation>Die Verbindung zum Server ist abgerissen. Es ging nichts verloren. Bitte verbinden Sie sich neu.</translation>
    </message>
    <message>
        <source>The connection to the server ended. Your visit goes on without it.</source>
        <translation>Die Verbindung zum Server ist abgerissen. Ihr Besuch läuft ohne ihn weiter.</translation>
    </message>
    <message>
        <source>Please type the password of your account. Nothing was sent.</source>
        <translation>Bitte tippen Sie das Passwort Ihres Kontos. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>A one-time code has six digits. Please type the one that your app shows now. Nothing was sent.</source>
        <translation>Ein Einmalcode hat sechs Ziffern. Bitte tippen Sie den, den Ihre App jetzt zeigt. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The line to the server was lost before your key was confirmed, so it made a new one. Nothing was lost. Please replace the old key in your app by this one.</source>
        <translation>Die Leitung zum Server brach ab, bevor Ihr Schlüssel bestätigt war, deshalb hat er einen neuen gemacht. Es ging nichts verloren. Bitte ersetzen Sie den alten Schlüssel in Ihrer App durch diesen.</translation>
    </message>
    <message>
        <source>Please enter the address of your organisation&apos;s server.</source>
        <translation>Bitte geben Sie die Adresse des Servers Ihrer Organisation ein.</translation>
    </message>
    <message>
        <source>The server inside this program did not start. Nothing is lost. Please close the program and start it again.</source>
        <translation>Der Server in diesem Programm ist nicht gestartet. Es ging nichts verloren. Bitte schließen Sie das Programm und starten Sie es neu.</translation>
    </message>
    <message>
        <source>The technician left before the visit began. Nothing was shared.</source>
        <translation>Der Techniker ist gegangen, bevor der Besuch begann. Es wurde nichts gezeigt.</translation>
    </message>
    <message>
        <source>The customer gave up before the visit began. Nothing was shared. Please ask for a new code.</source>
        <translation>Der Kunde hat abgebrochen, bevor der Besuch begann. Es wurde nichts gezeigt. Bitte lassen Sie sich einen neuen Code geben.</translation>
    </message>
    <message>
        <source>The customer saw who you are and declined the visit. Nothing was shared. If that was a mistake, please ask for a new code.</source>
        <translation>Der Kunde hat gesehen, wer Sie sind, und den Besuch abgelehnt. Nichts wurde geteilt. War das ein Versehen, bitten Sie um einen neuen Code.</translation>
    </message>
    <message>
        <source>The customer&apos;s computer did not answer in time. Nothing was shared. Please ask for a new code.</source>
        <translation>Der Computer des Kunden hat nicht rechtzeitig geantwortet. Es wurde nichts gezeigt. Bitte lassen Sie sich einen neuen Code geben.</translation>
    </message>
    <message>
        <source>The other side refused. Nothing was shared. Please try again with a new code.</source>
        <translation>Die andere Seite hat abgelehnt. Es wurde nichts gezeigt. Bitte versuchen Sie es mit einem neuen Code noch einmal.</translation>
    </message>
    <message>
        <source>The other computer described its connection in a way that is not allowed. For your safety the visit was ended.</source>
        <translation>Der andere Computer hat seine Verbindung auf eine Weise beschrieben, die nicht erlaubt ist. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>Something went wrong, so everything was stopped for your safety. They can no longer see anything.</source>
        <translation>Etwas ging schief. Zu Ihrer Sicherheit wurde alles beendet. Von Ihrem Computer ist nichts mehr zu sehen.</translation>
    </message>
    <message>
        <source>The other program sent far too much at once. For your safety the visit was ended.</source>
        <translation>Das andere Programm hat viel zu viel auf einmal geschickt. Zu Ihrer Sicherheit wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>The folder {folder} holds other things, so it was left as it is. Please choose a new folder.</source>
        <translation>Im Ordner {folder} liegt schon anderes. Er blieb, wie er ist. Bitte wählen Sie einen neuen Ordner.</translation>
    </message>
    <message>
        <source>The line was lost before the visit began. Nothing was shared. Please try again with a new code.</source>
        <translation>Die Verbindung ist abgerissen, bevor der Besuch begann. Es wurde nichts gezeigt. Bitte versuchen Sie es mit einem neuen Code noch einmal.</translation>
    </message>
    <message>
        <source>The entry {entry} in {file} is not known or has a wrong value. Please correct or remove it.</source>
        <translation>Der Eintrag {entry} in {file} ist nicht bekannt oder hat einen falschen Wert. Bitte berichtigen oder entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be read as settings. Please correct it or move it away.</source>
        <translation>Die Datei {file} ist nicht als Einstellungen zu lesen. Bitte berichtigen Sie sie oder legen Sie sie beiseite.</translation>
    </message>
    <message>
        <source>RemoteHelp is open already. Nothing was lost. Please use the window that is there.</source>
        <translation>RemoteHelp ist schon geöffnet. Nichts ging verloren. Bitte benutzen Sie das Fenster, das schon da ist.</translation>
    </message>
    <message>
        <source>Everything that was allowed was stopped, and nobody can ask you for five minutes. If somebody tries to cheat you, press Report.</source>
        <translation>Alles Erlaubte wurde beendet, und fünf Minuten lang kann Sie niemand um etwas bitten. Will Sie jemand betrügen, drücken Sie „Melden“.</translation>
    </message>
    <message>
        <source>Another window covered the coloured frame or this window again and again, so mouse and keyboard are yours alone now. It can be allowed again.</source>
        <translation>Ein anderes Fenster hat den farbigen Rahmen oder dieses Fenster immer wieder verdeckt. Maus und Tastatur gehören deshalb jetzt nur Ihnen. Sie können es wieder erlauben.</translation>
    </message>
    <message>
        <source>A private window is in front on the customer&apos;s screen, so picture and input rest until the customer answers.</source>
        <translation>Beim Kunden ist ein privates Fenster im Vordergrund. Bild und Eingaben ruhen, bis der Kunde antwortet.</translation>
    </message>
    <message>
        <source>You have been in control for half an hour. Input rests until the customer says “Go on”.</source>
        <translation>Sie steuern seit einer halben Stunde. Eingaben ruhen, bis der Kunde „Weiter“ sagt.</translation>
    </message>
    <message>
        <source>The customer said “Go on”. You can go on.</source>
        <translation>Der Kunde hat „Weiter“ gesagt. Sie können weitermachen.</translation>
    </message>
    <message>
        <source>A window on the customer&apos;s computer covered RemoteHelp&apos;s frame again and again, so control has ended. You can ask for it again.</source>
        <translation>Ein Fenster hat beim Kunden den Rahmen von RemoteHelp immer wieder verdeckt, deshalb ist die Steuerung beendet. Sie können wieder darum bitten.</translation>
    </message>
    <message>
        <source>The customer stopped everything that was allowed. You can ask again in five minutes.</source>
        <translation>Der Kunde hat alles Erlaubte beendet. Sie können in fünf Minuten wieder fragen.</translation>
    </message>
    <message>
        <source>Report about a visit with RemoteHelp</source>
        <translation>Meldung über einen Besuch mit RemoteHelp</translation>
    </message>
    <message>
        <source>Written on {date} at {time}.</source>
        <translation>Geschrieben am {date} um {time}.</translation>
    </message>
    <message>
        <source>Who came: {name}, for an organisation that calls itself {organisation}.</source>
        <translation>Wer da war: {name}, für eine Organisation, die sich {organisation} nennt.</translation>
    </message>
    <message>
        <source>Number of the badge: {serial}. Key of the organisation: {fingerprint}.</source>
        <translation>Nummer des Ausweises: {serial}. Schlüssel der Organisation: {fingerprint}.</translation>
    </message>
    <message>
        <source>The link led to the server {address}.</source>
        <translation>Der Link führte zum Server {address}.</translation>
    </message>
    <message>
        <source>What happened:</source>
        <translation>Was geschah:</translation>
    </message>
    <message>
        <source>Please answer the open question first.</source>
        <translation>Bitte beantworten Sie zuerst die offene Frage.</translation>
    </message>
    <message>
        <source>The customer does not want to be asked again now. You can ask at {time}.</source>
        <translation>Der Kunde möchte jetzt nicht wieder gefragt werden. Sie können um {time} fragen.</translation>
    </message>
    <message>
        <source>This can&apos;t be used yet; it comes with a later version.</source>
        <translation>Das geht noch nicht; es kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>The line is lost at the moment.</source>
        <translation>Die Verbindung ist gerade unterbrochen.</translation>
    </message>
    <message>
        <source>Not before you have seen the technician&apos;s live face.</source>
        <translation>Erst wenn Sie das Gesicht des Technikers live gesehen haben.</translation>
    </message>
    <message>
        <source>Not before the customer has seen your live face, and no picture has come from a camera of yours yet.</source>
        <translation>Erst wenn der Kunde Ihr Gesicht live gesehen hat, und von Ihrer Kamera kam noch kein Bild.</translation>
    </message>
    <message>
        <source>The customer has not let you in yet.</source>
        <translation>Der Kunde hat Sie noch nicht hereingelassen.</translation>
    </message>
    <message>
        <source>The customer allows this already.</source>
        <translation>Das erlaubt der Kunde schon.</translation>
    </message>
    <message>
        <source>The customer has not answered your question yet.</source>
        <translation>Der Kunde hat Ihre Frage noch nicht beantwortet.</translation>
    </message>
    <message>
        <source>The customer answered “Not now”. Nothing was changed; you can ask again when it suits.</source>
        <translation>Der Kunde hat mit „Jetzt nicht“ geantwortet. Nichts wurde geändert; Sie können wieder fragen, wenn es passt.</translation>
    </message>
    <message>
        <source>Your question went without an answer, because something changed meanwhile. Please ask again.</source>
        <translation>Ihre Frage blieb ohne Antwort, weil sich inzwischen etwas geändert hat. Bitte fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>The customer said “Not now” twice; please wait five minutes before you ask again.</source>
        <translation>Der Kunde hat zweimal „Jetzt nicht“ gesagt; bitte warten Sie fünf Minuten, bevor Sie wieder fragen.</translation>
    </message>
    <message>
        <source>You don&apos;t see the customer&apos;s screen.</source>
        <translation>Sie sehen den Bildschirm des Kunden nicht.</translation>
    </message>
    <message>
        <source>The customer&apos;s computer has one screen.</source>
        <translation>Der Computer des Kunden hat einen Bildschirm.</translation>
    </message>
    <message>
        <source>Mouse and keyboard are not allowed now.</source>
        <translation>Maus und Tastatur sind gerade nicht erlaubt.</translation>
    </message>
    <message>
        <source>A question to the customer is open.</source>
        <translation>Eine Frage an den Kunden ist noch offen.</translation>
    </message>
    <message>
        <source>The log of this visit says something that is not so, and your program does not sign it. The visit goes on.</source>
        <translation>Im Protokoll dieses Besuchs steht etwas, das nicht stimmt, und Ihr Programm unterschreibt es nicht. Der Besuch geht weiter.</translation>
    </message>
    <message>
        <source>Entry {line} of the log says something that is not so.</source>
        <translation>Eintrag {line} des Protokolls sagt etwas, das nicht stimmt.</translation>
    </message>
    <message>
        <source>The log of this visit is too long, so the visit was ended.</source>
        <translation>Das Protokoll dieses Besuchs ist zu lang, deshalb wurde der Besuch beendet.</translation>
    </message>
    <message>
        <source>This is no log of a visit, or its first entry was cut off.</source>
        <translation>Das ist kein Protokoll eines Besuchs, oder sein erster Eintrag wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>This log is unfinished: entry {line} is cut off. The entries before it hold.</source>
        <translation>Dieses Protokoll ist unvollständig: Eintrag {line} ist abgeschnitten. Die Einträge davor gelten.</translation>
    </message>
    <message>
        <source>This log is damaged: entry {line} is no entry of a log. The entries before it hold.</source>
        <translation>Dieses Protokoll ist beschädigt: Eintrag {line} ist kein Eintrag eines Protokolls. Die Einträge davor gelten.</translation>
    </message>
    <message>
        <source>This log is damaged: entry {line} is missing, for entry {found} stands there. The entries before it hold.</source>
        <translation>Dieses Protokoll ist beschädigt: Eintrag {line} fehlt, denn dort steht Eintrag {found}. Die Einträge davor gelten.</translation>
    </message>
    <message>
        <source>This log is damaged: entry {line} was changed, or one before it was exchanged with everything that follows.</source>
        <translation>Dieses Protokoll ist beschädigt: Eintrag {line} wurde verändert, oder einer davor wurde samt allen folgenden ausgetauscht.</translation>
    </message>
    <message>
        <source>This log is damaged: the badge in entry {line} is not signed by its organisation.</source>
        <translation>Dieses Protokoll ist beschädigt: Der Ausweis in Eintrag {line} ist nicht von seiner Organisation unterschrieben.</translation>
    </message>
    <message>
        <source>This log is damaged: the signatures in entry {line} are not those of its entries. What stands after entry {upto} proves nothing.</source>
        <translation>Dieses Protokoll ist beschädigt: Die Unterschriften in Eintrag {line} passen nicht zu seinen Einträgen. Was nach Eintrag {upto} steht, beweist nichts.</translation>
    </message>
    <message>
        <source>This log is damaged: entry {line} was added after the log was closed. The entries before it hold.</source>
        <translation>Dieses Protokoll ist beschädigt: Eintrag {line} wurde hinzugefügt, nachdem es geschlossen war. Die Einträge davor gelten.</translation>
    </message>
    <message>
        <source>This log is unfinished: it ends with entry {last}, without the signatures that close it. Both sides signed up to entry {upto}.</source>
        <translation>Dieses Protokoll ist unvollständig: Es endet mit Eintrag {last} ohne die Unterschriften, die es schließen. Beide Seiten haben bis Eintrag {upto} unterschrieben.</translation>
    </message>
    <message>
        <source>This log is whole: {last} entries from {start} to {end} (UTC), and both sides signed all of them.</source>
        <translation>Dieses Protokoll ist vollständig: {last} Einträge von {start} bis {end} (UTC), und beide Seiten haben alle unterschrieben.</translation>
    </message>
    <message>
        <source>The technician&apos;s signatures: {name} of {organisation}, badge {serial}, key {digits}.</source>
        <translation>Die Unterschriften des Technikers: {name} von {organisation}, Ausweis {serial}, Schlüssel {digits}.</translation>
    </message>
    <message>
        <source>The customer&apos;s signatures: the key of this visit alone, {digits}.</source>
        <translation>Die Unterschriften der Kundin oder des Kunden: der Schlüssel nur dieses Besuchs, {digits}.</translation>
    </message>
    <message>
        <source>Nothing in this log says whose the customer&apos;s key is: the technician alone could have made all of it with a key of their own. Compare it with the customer&apos;s copy: remotehelp verify FILE --with OTHER.</source>
        <translation>Nichts in diesem Protokoll sagt, wem der Schlüssel des Kunden gehört: Der Techniker allein könnte es mit einem eigenen Schlüssel ganz erfunden haben. Vergleichen Sie es mit dem Exemplar des Kunden: remotehelp verify FILE --with OTHER.</translation>
    </message>
    <message>
        <source>Both copies name the same two keys, and are the same up to entry {upto}.</source>
        <translation>Beide Exemplare nennen dieselben zwei Schlüssel und stimmen bis Eintrag {upto} überein.</translation>
    </message>
    <message>
        <source>The two copies are not of one log: they differ in entry {line}.</source>
        <translation>Die beiden Exemplare sind nicht von einem Protokoll: Sie unterscheiden sich in Eintrag {line}.</translation>
    </message>
    <message>
        <source>The badge was valid from {start} to {end} (UTC), but entry {line} has another time: by the clock of the customer&apos;s computer, which may be wrong.</source>
        <translation>Der Ausweis galt von {start} bis {end} (UTC), aber Eintrag {line} hat eine andere Zeit: nach der Uhr im Computer des Kunden, die falsch gehen kann.</translation>
    </message>
    <message>
        <source>This computer does not know the organisation with the key {digits}: whoever made that key chose the names.</source>
        <translation>Dieser Computer kennt die Organisation mit dem Schlüssel {digits} nicht: Wer den Schlüssel gemacht hat, hat auch die Namen gewählt.</translation>
    </message>
    <message>
        <source>This computer knows the organisation with the key {digits} since {since}.</source>
        <translation>Dieser Computer kennt die Organisation mit dem Schlüssel {digits} seit {since}.</translation>
    </message>
    <message>
        <source>This computer has proof of the organisation with the key {digits}: its file is installed here.</source>
        <translation>Für die Organisation mit dem Schlüssel {digits} hat dieser Computer einen Nachweis: Ihre Datei ist hier installiert.</translation>
    </message>
    <message>
        <source>The customer is using mouse and keyboard now.</source>
        <translation>Der Kunde benutzt gerade Maus und Tastatur.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>The customer</source>
        <translation>Der Kunde</translation>
    </message>
    <message>
        <source>{name} of {organisation} helped you.</source>
        <translation>{name} von {organisation} hat Ihnen geholfen.</translation>
    </message>
    <message>
        <source>On {date}, from {start} to {end}.</source>
        <translation>Am {date}, von {start} bis {end} Uhr.</translation>
    </message>
    <message>
        <source>In your words: {text}</source>
        <translation>In Ihren Worten: {text}</translation>
    </message>
    <message>
        <source>What was wrong: {text}</source>
        <translation>Was los war: {text}</translation>
    </message>
    <message>
        <source>What was done: {text}</source>
        <translation>Was getan wurde: {text}</translation>
    </message>
    <message>
        <source>{who} let the technician in.</source>
        <translation>{who}: Techniker hereingelassen.</translation>
    </message>
    <message>
        <source>The technician&apos;s badge was checked, and the log begins.</source>
        <translation>Der Ausweis des Technikers wurde geprüft, und das Protokoll beginnt.</translation>
    </message>
    <message>
        <source>{who} did not want this visit.</source>
        <translation>{who}: Besuch abgelehnt.</translation>
    </message>
    <message>
        <source>{who} ended the visit.</source>
        <translation>{who}: Besuch beendet.</translation>
    </message>
    <message>
        <source>The line was lost.</source>
        <translation>Die Verbindung ist abgerissen.</translation>
    </message>
    <message>
        <source>The line came back.</source>
        <translation>Die Verbindung ist wieder da.</translation>
    </message>
    <message>
        <source>The line did not come back.</source>
        <translation>Die Verbindung kam nicht wieder zustande.</translation>
    </message>
    <message>
        <source>The technician&apos;s badge was not valid any more.</source>
        <translation>Der Ausweis des Technikers galt nicht mehr.</translation>
    </message>
    <message>
        <source>The visit was ended because the other program did something that is not allowed.</source>
        <translation>Der Besuch wurde beendet, weil das andere Programm etwas getan hat, das nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>Something went wrong on the customer&apos;s computer, so everything was stopped for safety.</source>
        <translation>Auf dem Computer des Kunden ging etwas schief, deshalb wurde zur Sicherheit alles angehalten.</translation>
    </message>
    <message>
        <source>{who} asked to: {text}.</source>
        <translation>{who}: Anfrage: {text}.</translation>
    </message>
    <message>
        <source>{who} allowed: {text}.</source>
        <translation>{who}: Erlaubt: {text}.</translation>
    </message>
    <message>
        <source>{who} said “Not now” to: {text}.</source>
        <translation>{who}: „Jetzt nicht“ zu: {text}.</translation>
    </message>
    <message>
        <source>{who} took back: {text}.</source>
        <translation>{who}: Zurückgenommen: {text}.</translation>
    </message>
    <message>
        <source>No longer allowed: {text}.</source>
        <translation>Nicht mehr erlaubt: {text}.</translation>
    </message>
    <message>
        <source>The question went without an answer, because something changed meanwhile.</source>
        <translation>Die Frage blieb ohne Antwort, weil sich inzwischen etwas geändert hat.</translation>
    </message>
    <message>
        <source>{who} asked to see another screen: {text}.</source>
        <translation>{who}: Frage nach einem anderen Bildschirm: {text}.</translation>
    </message>
    <message>
        <source>{who} said “Not now” to another screen.</source>
        <translation>{who}: „Jetzt nicht“ zu einem anderen Bildschirm.</translation>
    </message>
    <message>
        <source>{who} showed the screen: {text}.</source>
        <translation>{who}: Gezeigter Bildschirm: {text}.</translation>
    </message>
    <message>
        <source>The screens became too large to be shown together; from then on this was shown: {text}.</source>
        <translation>Die Bildschirme wurden zusammen zu groß für ein Bild; danach wurde dies gezeigt: {text}.</translation>
    </message>
    <message>
        <source>The screen {text} was unplugged.</source>
        <translation>Der Bildschirm {text} wurde abgesteckt.</translation>
    </message>
    <message>
        <source>{who} showed one window alone: {text}.</source>
        <translation>{who} zeigte nur ein Fenster: {text}.</translation>
    </message>
    <message>
        <source>The window that was shown was closed.</source>
        <translation>Das Fenster, das gezeigt wurde, wurde geschlossen.</translation>
    </message>
    <message>
        <source>Before control the question came whether somebody tries to cheat.</source>
        <translation>Vor der Steuerung kam die Frage, ob jemand betrügen will.</translation>
    </message>
    <message>
        <source>A private window was in front; picture and input rested.</source>
        <translation>Ein privates Fenster war im Vordergrund; Bild und Eingaben ruhten.</translation>
    </message>
    <message>
        <source>{who} said that this window may be seen.</source>
        <translation>{who}: Dieses Fenster darf gesehen werden.</translation>
    </message>
    <message>
        <source>After half an hour of control, input rested.</source>
        <translation>Nach einer halben Stunde Steuerung ruhten die Eingaben.</translation>
    </message>
    <message>
        <source>{who} said that control is still needed.</source>
        <translation>{who}: Die Steuerung ist noch nötig.</translation>
    </message>
    <message>
        <source>The frame round the screen was covered again and again, so control ended.</source>
        <translation>Der Rahmen um den Bildschirm wurde immer wieder verdeckt, deshalb endete die Steuerung.</translation>
    </message>
    <message>
        <source>{who} stopped everything that was allowed.</source>
        <translation>{who}: Alles Erlaubte beendet.</translation>
    </message>
    <message>
        <source>{who} wrote a message (length {size}).</source>
        <translation>{who}: Nachricht geschrieben (Länge {size}).</translation>
    </message>
    <message>
        <source>Both sides signed everything up to entry {text}.</source>
        <translation>Beide Seiten haben alles bis Eintrag {text} unterschrieben.</translation>
    </message>
    <message>
        <source>The technician&apos;s program did not sign what stands from entry {text} on.</source>
        <translation>Das Programm des Technikers hat nicht unterschrieben, was ab Eintrag {text} steht.</translation>
    </message>
    <message>
        <source>Control ended, because the part that can stop everything in an emergency was not running.</source>
        <translation>Die Steuerung endete, weil der Teil, der im Notfall alles anhalten kann, nicht lief.</translation>
    </message>
    <message>
        <source>{who}: {text}</source>
        <translation>{who}: {text}</translation>
    </message>
    <message>
        <source>see the screen</source>
        <translation>Bildschirm sehen</translation>
    </message>
    <message>
        <source>point at things</source>
        <translation>auf Dinge zeigen</translation>
    </message>
    <message>
        <source>use mouse and keyboard</source>
        <translation>Maus und Tastatur benutzen</translation>
    </message>
    <message>
        <source>use the clipboard</source>
        <translation>Zwischenablage benutzen</translation>
    </message>
    <message>
        <source>exchange files</source>
        <translation>Dateien austauschen</translation>
    </message>
    <message>
        <source>mend printers</source>
        <translation>Drucker in Ordnung bringen</translation>
    </message>
    <message>
        <source>look at the system</source>
        <translation>System ansehen</translation>
    </message>
</context>
<context>
    <name>technician</name>
    <message>
        <source>This comes in a later version.</source>
        <translation>Das kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>See the screen</source>
        <translation>Bildschirm sehen</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Control mouse and keys</source>
        <translation>Maus und Tasten steuern</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Ask to see the screen</source>
        <translation>Bildschirm anfragen</translation>
    </message>
    <message>
        <source>Ask to point</source>
        <translation>Zeigen anfragen</translation>
    </message>
    <message>
        <source>Ask for control</source>
        <translation>Steuerung anfragen</translation>
    </message>
    <message>
        <source>Ask for printers</source>
        <translation>Drucker anfragen</translation>
    </message>
    <message>
        <source>Ask for system</source>
        <translation>System anfragen</translation>
    </message>
    <message>
        <source>Ask for clipboard</source>
        <translation>Zwischenablage anfragen</translation>
    </message>
    <message>
        <source>no line</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>verbinde …</translation>
    </message>
    <message>
        <source>● good line</source>
        <translation>● gute Verbindung</translation>
    </message>
    <message>
        <source>● weak line</source>
        <translation>● schwache Verbindung</translation>
    </message>
    <message>
        <source>We are trying to get the line back</source>
        <translation>Wir stellen die Verbindung wieder her</translation>
    </message>
    <message>
        <source>✓ {right}: allowed</source>
        <translation>✓ {right}: erlaubt</translation>
    </message>
    <message>
        <source>– {right}: not allowed</source>
        <translation>– {right}: nicht erlaubt</translation>
    </message>
    <message>
        <source>You: {text}</source>
        <translation>Sie: {text}</translation>
    </message>
    <message>
        <source>Customer: {text}</source>
        <translation>Kunde: {text}</translation>
    </message>
</context>
</TS>
