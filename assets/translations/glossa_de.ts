<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Glossa</name>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;New puzzle</source>
   <translation>&amp;Neues Puzzle</translation>
  </message>
  <message>
   <source>&amp;Open…</source>
   <translation>Ö&amp;ffnen …</translation>
  </message>
  <message>
   <source>Open a &amp;folder…</source>
   <translation>&amp;Ordner öffnen …</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>&amp;Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>&amp;Contact sheet of the list…</source>
   <translation>&amp;Übersichtsblatt der Liste …</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>Re&amp;play the drawing</source>
   <translation>Zeichnung a&amp;bspielen</translation>
  </message>
  <message>
   <source>&amp;Edit the puzzle</source>
   <translation>Puzzle &amp;bearbeiten</translation>
  </message>
  <message>
   <source>&amp;Settings…</source>
   <translation>&amp;Einstellungen …</translation>
  </message>
  <message>
   <source>T&amp;ool</source>
   <translation>&amp;Werkzeug</translation>
  </message>
  <message>
   <source>Colo&amp;ur</source>
   <translation>&amp;Farbe</translation>
  </message>
  <message>
   <source>&amp;Puzzle</source>
   <translation>&amp;Puzzle</translation>
  </message>
  <message>
   <source>&amp;Next</source>
   <translation>&amp;Nächstes</translation>
  </message>
  <message>
   <source>&amp;Previous</source>
   <translation>&amp;Voriges</translation>
  </message>
  <message>
   <source>&amp;Random</source>
   <translation>&amp;Zufälliges</translation>
  </message>
  <message>
   <source>&amp;Search</source>
   <translation>&amp;Suchen</translation>
  </message>
  <message>
   <source>Show the &amp;expected test outputs</source>
   <translation>&amp;Erwartete Testausgaben zeigen</translation>
  </message>
  <message>
   <source>Correct the program's &amp;answer</source>
   <translation>&amp;Antwort des Programms berichtigen</translation>
  </message>
  <message>
   <source>Make the answer a &amp;demonstration</source>
   <translation>Antwort zum &amp;Beispiel machen</translation>
  </message>
  <message>
   <source>&amp;Solve</source>
   <translation>&amp;Lösen</translation>
  </message>
  <message>
   <source>&amp;Pause or go on</source>
   <translation>&amp;Anhalten oder weiter</translation>
  </message>
  <message>
   <source>&amp;Cancel</source>
   <translation>Ab&amp;brechen</translation>
  </message>
  <message>
   <source>Continue, &amp;deeper</source>
   <translation>Weiter, &amp;tiefer</translation>
  </message>
  <message>
   <source>Take all mar&amp;ks away</source>
   <translation>Alle Mar&amp;kierungen entfernen</translation>
  </message>
  <message>
   <source>A&amp;ttempts as found</source>
   <translation>Versuche wie &amp;gefunden</translation>
  </message>
  <message>
   <source>Cop&amp;y the answer</source>
   <translation>Antwort &amp;kopieren</translation>
  </message>
  <message>
   <source>Watc&amp;h the search</source>
   <translation>S&amp;uche ansehen</translation>
  </message>
  <message>
   <source>&amp;Film of the refinement</source>
   <translation>&amp;Film der Verfeinerung</translation>
  </message>
  <message>
   <source>A &amp;whole collection…</source>
   <translation>Eine ganze &amp;Sammlung …</translation>
  </message>
  <message>
   <source>Sc&amp;ore a submission…</source>
   <translation>Abgabe be&amp;werten …</translation>
  </message>
  <message>
   <source>Pro&amp;gram</source>
   <translation>Pro&amp;gramm</translation>
  </message>
  <message>
   <source>P&amp;ut in a word…</source>
   <translation>Ein &amp;Wort einfügen …</translation>
  </message>
  <message>
   <source>Change an &amp;argument</source>
   <translation>&amp;Argument ändern</translation>
  </message>
  <message>
   <source>&amp;Refine from here</source>
   <translation>Von hier &amp;verfeinern</translation>
  </message>
  <message>
   <source>Search on from &amp;this step</source>
   <translation>Ab &amp;diesem Schritt weitersuchen</translation>
  </message>
  <message>
   <source>Draw what &amp;is wanted here…</source>
   <translation>H&amp;ier Gewünschtes zeichnen …</translation>
  </message>
  <message>
   <source>&amp;Name steps as a word…</source>
   <translation>Schritte als Wort be&amp;nennen …</translation>
  </message>
  <message>
   <source>&amp;Stop playing at this step</source>
   <translation>Beim Abspielen hier &amp;stehen bleiben</translation>
  </message>
  <message>
   <source>C&amp;ompare programs…</source>
   <translation>Programme ver&amp;gleichen …</translation>
  </message>
  <message>
   <source>Pro&amp;cedures…</source>
   <translation>Pro&amp;zeduren …</translation>
  </message>
  <message>
   <source>Re&amp;membered programs…</source>
   <translation>Ge&amp;merkte Programme …</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>C&amp;ommand palette…</source>
   <translation>&amp;Befehlspalette …</translation>
  </message>
  <message>
   <source>Zoom &amp;in</source>
   <translation>Ver&amp;größern</translation>
  </message>
  <message>
   <source>Zoom &amp;out</source>
   <translation>Ver&amp;kleinern</translation>
  </message>
  <message>
   <source>&amp;Fit</source>
   <translation>Ein&amp;passen</translation>
  </message>
  <message>
   <source>&amp;Reset the layout</source>
   <translation>Anordnung &amp;zurücksetzen</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Take the tour</source>
   <translation>&amp;Rundgang</translation>
  </message>
  <message>
   <source>&amp;About Glossa</source>
   <translation>Ü&amp;ber Glossa</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>&amp;Speichern</translation>
  </message>
  <message>
   <source>Save &amp;as…</source>
   <translation>Speichern &amp;unter …</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>&amp;Exportieren …</translation>
  </message>
  <message>
   <source>Copy a &amp;link to this moment</source>
   <translation>&amp;Verweis auf diesen Moment kopieren</translation>
  </message>
  <message>
   <source>Save this &amp;moment…</source>
   <translation>Diesen &amp;Moment speichern …</translation>
  </message>
  <message>
   <source>&amp;Forget these</source>
   <translation>Diese &amp;vergessen</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopieren</translation>
  </message>
  <message>
   <source>Cu&amp;t</source>
   <translation>&amp;Ausschneiden</translation>
  </message>
  <message>
   <source>&amp;Paste</source>
   <translation>&amp;Einfügen</translation>
  </message>
  <message>
   <source>Paste as the &amp;whole grid</source>
   <translation>Als &amp;ganzes Gitter einfügen</translation>
  </message>
  <message>
   <source>Cr&amp;op to the selection</source>
   <translation>Auf die Auswahl &amp;zuschneiden</translation>
  </message>
  <message>
   <source>C&amp;lear</source>
   <translation>&amp;Leeren</translation>
  </message>
  <message>
   <source>&amp;Rotate clockwise</source>
   <translation>Im Uhrzeigersinn &amp;drehen</translation>
  </message>
  <message>
   <source>Flip &amp;left-right</source>
   <translation>&amp;Links-rechts spiegeln</translation>
  </message>
  <message>
   <source>Flip &amp;top-bottom</source>
   <translation>&amp;Oben-unten spiegeln</translation>
  </message>
  <message>
   <source>Copy from the &amp;input</source>
   <translation>Aus der Eingabe &amp;übernehmen</translation>
  </message>
  <message>
   <source>&amp;Check the answers</source>
   <translation>Antworten &amp;prüfen</translation>
  </message>
  <message>
   <source>N&amp;ote…</source>
   <translation>N&amp;otiz …</translation>
  </message>
  <message>
   <source>&amp;Mark this object</source>
   <translation>Dieses Objekt &amp;markieren</translation>
  </message>
  <message>
   <source>Make this answer attempt &amp;1</source>
   <translation>Diese Antwort zu Versuch &amp;1 machen</translation>
  </message>
  <message>
   <source>Make this answer attempt &amp;2</source>
   <translation>Diese Antwort zu Versuch &amp;2 machen</translation>
  </message>
  <message>
   <source>&amp;First state</source>
   <translation>&amp;Erster Zustand</translation>
  </message>
  <message>
   <source>Step &amp;back</source>
   <translation>Schritt &amp;zurück</translation>
  </message>
  <message>
   <source>&amp;Play or pause</source>
   <translation>&amp;Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Step &amp;on</source>
   <translation>Schritt &amp;weiter</translation>
  </message>
  <message>
   <source>&amp;Last state</source>
   <translation>&amp;Letzter Zustand</translation>
  </message>
  <message>
   <source>&amp;Delete this step</source>
   <translation>Diesen Schritt &amp;löschen</translation>
  </message>
  <message>
   <source>Move this step &amp;earlier</source>
   <translation>Diesen Schritt &amp;vorziehen</translation>
  </message>
  <message>
   <source>Move this step &amp;later</source>
   <translation>Diesen Schritt nach &amp;hinten</translation>
  </message>
  <message>
   <source>Search &amp;without this word</source>
   <translation>&amp;Ohne dieses Wort suchen</translation>
  </message>
  <message>
   <source>Search wit&amp;h this word</source>
   <translation>&amp;Mit diesem Wort suchen</translation>
  </message>
  <message>
   <source>&amp;Theme</source>
   <translation>&amp;Thema</translation>
  </message>
  <message>
   <source>&amp;Cell colours</source>
   <translation>&amp;Zellfarben</translation>
  </message>
  <message>
   <source>&amp;Write into cells</source>
   <translation>In &amp;Zellen schreiben</translation>
  </message>
  <message>
   <source>&amp;Rulers</source>
   <translation>&amp;Lineale</translation>
  </message>
  <message>
   <source>&amp;Differences from the expected</source>
   <translation>&amp;Abweichungen vom Erwarteten</translation>
  </message>
  <message>
   <source>Cells it is un&amp;sure of</source>
   <translation>&amp;Unsichere Zellen</translation>
  </message>
  <message>
   <source>All &amp;drawing tools</source>
   <translation>Alle &amp;Zeichenwerkzeuge</translation>
  </message>
  <message>
   <source>Nothing yet</source>
   <translation>Noch nichts</translation>
  </message>
  <message>
   <source>This step has none</source>
   <translation>Dieser Schritt hat keines</translation>
  </message>
  <message>
   <source>Copied {size} cells, as text and as a picture</source>
   <translation>{size} Zellen kopiert, als Text und als Bild</translation>
  </message>
  <message>
   <source>Go to a grid first, with Tab or a click in edit mode.</source>
   <translation>Gehen Sie zuerst zu einem Gitter: mit Tab, oder beim Bearbeiten mit einem Klick.</translation>
  </message>
  <message>
   <source>You can go on. Save your work, and start again if something looks wrong.</source>
   <translation>Sie können weitermachen. Speichern Sie Ihre Arbeit, und starten Sie neu, wenn etwas falsch aussieht.</translation>
  </message>
  <message>
   <source>Puzzles and programs (*.json *.jsonl *.gz *.zip *.npz);;All files (*)</source>
   <translation>Puzzles und Programme (*.json *.jsonl *.gz *.zip *.npz);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>What is to be remembered about {puzzle}?</source>
   <translation>Was soll zu {puzzle} festgehalten werden?</translation>
  </message>
  <message>
   <source>{file} exists already. Replace it?</source>
   <translation>{file} gibt es schon. Soll die Datei ersetzt werden?</translation>
  </message>
  <message>
   <source>Remove {name}? Its recording stays, so that it can be taught again.</source>
   <translation>{name} entfernen? Die Aufzeichnung bleibt, sodass es wieder gelehrt werden kann.</translation>
  </message>
  <message>
   <source>Delete “{word}”? Programs that were made with it keep its steps.</source>
   <translation>„{word}“ löschen? Programme, die damit gemacht wurden, behalten seine Schritte.</translation>
  </message>
  <message>
   <source>Save the changes to {name} first?</source>
   <translation>Die Änderungen an {name} zuerst speichern?</translation>
  </message>
  <message>
   <source>Glossa ended without saving your work on {name}. Bring it back?</source>
   <translation>Glossa wurde beendet, ohne Ihre Arbeit an {name} zu speichern. Wiederherstellen?</translation>
  </message>
  <message>
   <source>The grids of {name} are padded with {value}. Cut the padding away?</source>
   <translation>Die Gitter von {name} sind mit {value} aufgefüllt. Die Füllung wegschneiden?</translation>
  </message>
  <message>
   <source>{file} was changed by another program since it was opened here.</source>
   <translation>{file} wurde von einem anderen Programm geändert, seit es hier geöffnet wurde.</translation>
  </message>
  <message>
   <source>Something went wrong</source>
   <translation>Etwas ist schiefgegangen</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Save the report…</source>
   <translation>Bericht speichern …</translation>
  </message>
  <message>
   <source>Text (*.txt)</source>
   <translation>Text (*.txt)</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Name a word</source>
   <translation>Ein Wort benennen</translation>
  </message>
  <message>
   <source>What does {word} do?</source>
   <translation>Was tut {word}?</translation>
  </message>
  <message>
   <source>Rename the program</source>
   <translation>Das Programm umbenennen</translation>
  </message>
  <message>
   <source>What should it be called?</source>
   <translation>Wie soll es heißen?</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Open a puzzle or a program</source>
   <translation>Ein Puzzle oder ein Programm öffnen</translation>
  </message>
  <message>
   <source>Score a submission</source>
   <translation>Abgabe bewerten</translation>
  </message>
  <message>
   <source>Choose a file of solutions</source>
   <translation>Lösungsdatei wählen</translation>
  </message>
  <message>
   <source>JSON (*.json *.gz);;All files (*)</source>
   <translation>JSON (*.json *.gz);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Add a folder of tasks</source>
   <translation>Einen Ordner mit Aufgaben hinzufügen</translation>
  </message>
  <message>
   <source>Replace the file?</source>
   <translation>Die Datei ersetzen?</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <source>Delete the recording?</source>
   <translation>Aufzeichnung löschen?</translation>
  </message>
  <message>
   <source>Delete the recording of {name}?</source>
   <translation>Die Aufzeichnung von {name} löschen?</translation>
  </message>
  <message>
   <source>Remove the procedure?</source>
   <translation>Prozedur entfernen?</translation>
  </message>
  <message>
   <source>Delete the word?</source>
   <translation>Das Wort löschen?</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>Ungespeicherte Änderungen</translation>
  </message>
  <message>
   <source>Unsaved work</source>
   <translation>Ungespeicherte Arbeit</translation>
  </message>
  <message>
   <source>Padding</source>
   <translation>Füllung</translation>
  </message>
  <message>
   <source>With it, puzzles can be looked at and not solved. The file stays as it is.</source>
   <translation>Mit ihr lassen sich Puzzles ansehen, aber nicht lösen. Die Datei bleibt, wie sie ist.</translation>
  </message>
  <message>
   <source>Changed by another program</source>
   <translation>Von einem anderen Programm geändert</translation>
  </message>
  <message>
   <source>Overwriting loses those changes, reloading loses yours; saving under another name keeps both.</source>
   <translation>Überschreiben verwirft jene Änderungen, Neuladen die eigenen; unter einem anderen Namen gespeichert bleibt beides.</translation>
  </message>
  <message>
   <source>Save as…</source>
   <translation>Speichern unter …</translation>
  </message>
  <message>
   <source>Overwrite</source>
   <translation>Überschreiben</translation>
  </message>
  <message>
   <source>Reload</source>
   <translation>Neu laden</translation>
  </message>
  <message>
   <source>The export ended without a word.</source>
   <translation>Der Export endete ohne ein Wort.</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>und {n} weitere</translation>
  </message>
  <message>
   <source>test {n}</source>
   <translation>Test {n}</translation>
  </message>
  <message>
   <source>{title}: a sheet of {count} puzzles, expected 1 to {most}</source>
   <translation>{title}: ein Übersichtsblatt mit {count} Puzzles, erwartet 1 bis {most}</translation>
  </message>
  <message>
   <source>{what}: a picture {width} × {height} pixels large, expected at most {most} a side</source>
   <translation>{what}: ein Bild von {width} × {height} Pixeln, erwartet höchstens {most} je Seite</translation>
  </message>
  <message>
   <source>There is no program: solve the puzzle first, or write one.</source>
   <translation>Es gibt kein Programm: Lösen Sie zuerst das Puzzle, oder schreiben Sie eines.</translation>
  </message>
  <message>
   <source>There is no program: the method that answered writes none.</source>
   <translation>Es gibt kein Programm: Das Verfahren, das geantwortet hat, schreibt keines.</translation>
  </message>
  <message>
   <source>Picture, PNG</source>
   <translation>Bild, PNG</translation>
  </message>
  <message>
   <source>The puzzle or the step shown, in pixels.</source>
   <translation>Das Puzzle oder der gezeigte Schritt, in Pixeln.</translation>
  </message>
  <message>
   <source>PNG picture (*.png)</source>
   <translation>PNG-Bild (*.png)</translation>
  </message>
  <message>
   <source>Picture, SVG</source>
   <translation>Bild, SVG</translation>
  </message>
  <message>
   <source>The puzzle or the step shown, sharp at any size.</source>
   <translation>Das Puzzle oder der gezeigte Schritt, scharf in jeder Größe.</translation>
  </message>
  <message>
   <source>SVG picture (*.svg)</source>
   <translation>SVG-Bild (*.svg)</translation>
  </message>
  <message>
   <source>Sheet, PDF</source>
   <translation>Blatt, PDF</translation>
  </message>
  <message>
   <source>The puzzle, or the whole execution with a page for every step.</source>
   <translation>Das Puzzle, oder der ganze Ablauf mit einer Seite je Schritt.</translation>
  </message>
  <message>
   <source>PDF document (*.pdf)</source>
   <translation>PDF-Dokument (*.pdf)</translation>
  </message>
  <message>
   <source>Animation, GIF</source>
   <translation>Animation, GIF</translation>
  </message>
  <message>
   <source>The whole execution, playing for ever.</source>
   <translation>Der ganze Ablauf, in endloser Wiederholung.</translation>
  </message>
  <message>
   <source>GIF animation (*.gif)</source>
   <translation>GIF-Animation (*.gif)</translation>
  </message>
  <message>
   <source>Animation, APNG</source>
   <translation>Animation, APNG</translation>
  </message>
  <message>
   <source>The whole execution in full colour, playing for ever.</source>
   <translation>Der ganze Ablauf in allen Farben, in endloser Wiederholung.</translation>
  </message>
  <message>
   <source>Animated PNG (*.apng *.png)</source>
   <translation>Animiertes PNG (*.apng *.png)</translation>
  </message>
  <message>
   <source>Program, JSON</source>
   <translation>Programm, JSON</translation>
  </message>
  <message>
   <source>The steps with their puzzle; Glossa opens it again.</source>
   <translation>Die Schritte mit ihrem Puzzle; Glossa öffnet es wieder.</translation>
  </message>
  <message>
   <source>Glossa program (*.json)</source>
   <translation>Glossa-Programm (*.json)</translation>
  </message>
  <message>
   <source>Program, Python</source>
   <translation>Programm, Python</translation>
  </message>
  <message>
   <source>A file that runs alone; it needs numpy, and for learned words their weights beside it.</source>
   <translation>Eine Datei, die allein läuft; sie braucht numpy und für gelernte Wörter deren Gewichte daneben.</translation>
  </message>
  <message>
   <source>Python file (*.py)</source>
   <translation>Python-Datei (*.py)</translation>
  </message>
  <message>
   <source>Program, ONNX</source>
   <translation>Programm, ONNX</translation>
  </message>
  <message>
   <source>The executor unrolled, a copy for every word; for programs of learned words.</source>
   <translation>Der Ausführer entrollt, einmal für jedes Wort; für Programme aus gelernten Wörtern.</translation>
  </message>
  <message>
   <source>ONNX graph (*.onnx)</source>
   <translation>ONNX-Graph (*.onnx)</translation>
  </message>
  <message>
   <source>Puzzle, JSON</source>
   <translation>Puzzle, JSON</translation>
  </message>
  <message>
   <source>The demonstrations and tests as an ARC task.</source>
   <translation>Die Beispiele und Tests als ARC-Aufgabe.</translation>
  </message>
  <message>
   <source>ARC task (*.json)</source>
   <translation>ARC-Aufgabe (*.json)</translation>
  </message>
  <message>
   <source>Prediction, JSON</source>
   <translation>Vorhersage, JSON</translation>
  </message>
  <message>
   <source>The ARC task with every test answered by the program.</source>
   <translation>Die ARC-Aufgabe, jeder Test vom Programm beantwortet.</translation>
  </message>
  <message>
   <source>{count} pairs</source>
   <translation>{count} Paare</translation>
  </message>
  <message>
   <source>demonstration {n}</source>
   <translation>Beispiel {n}</translation>
  </message>
  <message>
   <source>step {at} of {count}:  {word}</source>
   <translation>Schritt {at} von {count}:  {word}</translation>
  </message>
  <message>
   <source>input</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>before the first step</source>
   <translation>vor dem ersten Schritt</translation>
  </message>
  <message>
   <source>Moment (*.json)</source>
   <translation>Moment (*.json)</translation>
  </message>
  <message>
   <source>Export: {format}</source>
   <translation>Export: {format}</translation>
  </message>
  <message>
   <source>Write the submission</source>
   <translation>Einreichung schreiben</translation>
  </message>
  <message>
   <source>Copied a link: `glossa LINK` opens this puzzle, program and step</source>
   <translation>Verweis kopiert: „glossa VERWEIS“ öffnet Puzzle, Programm und Schritt</translation>
  </message>
  <message>
   <source>Save this moment</source>
   <translation>Diesen Moment speichern</translation>
  </message>
  <message>
   <source>Save the puzzle</source>
   <translation>Puzzle speichern</translation>
  </message>
  <message>
   <source>Contact sheet</source>
   <translation>Übersichtsblatt</translation>
  </message>
  <message>
   <source>Writing {file} in the background…</source>
   <translation>{file} wird im Hintergrund geschrieben …</translation>
  </message>
  <message>
   <source>Submission (*.json)</source>
   <translation>Einreichung (*.json)</translation>
  </message>
  <message>
   <source>Wrote {file}</source>
   <translation>{file} geschrieben</translation>
  </message>
  <message>
   <source>Saved {file}</source>
   <translation>{file} gespeichert</translation>
  </message>
  <message>
   <source>This file cannot be opened</source>
   <translation>Diese Datei lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>This link cannot be opened</source>
   <translation>Dieser Verweis lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>In short</source>
   <translation>Kurz gesagt</translation>
  </message>
  <message>
   <source>Glossa explains ARC puzzles. Open one, press Solve, and step through the program it finds: each step is a word, each word makes a grid.</source>
   <translation>Glossa erklärt ARC-Puzzles. Öffnen Sie eines, drücken Sie Lösen und gehen Sie Schritt für Schritt durch das gefundene Programm: Jeder Schritt ist ein Wort, jedes Wort macht ein Gitter.</translation>
  </message>
  <message>
   <source>Verified, or a guess</source>
   <translation>Bestätigt oder geraten</translation>
  </message>
  <message>
   <source>"Verified" means that the program reproduces every demonstration exactly, sizes included. Anything else is a guess, shown with the number of its wrong cells. A verified program may still be wrong about the test: the demonstrations may allow another reading.</source>
   <translation>„Bestätigt“ heißt, dass das Programm jedes Beispiel genau wiedergibt, die Größe eingeschlossen. Alles andere ist geraten und wird mit der Zahl der falschen Zellen gezeigt. Auch ein bestätigtes Programm kann beim Test falsch liegen: Die Beispiele lassen vielleicht eine andere Deutung zu.</translation>
  </message>
  <message>
   <source>Two attempts</source>
   <translation>Zwei Versuche</translation>
  </message>
  <message>
   <source>Each test is answered at most twice. The cards below Solve show the answers that were found, how many programs give each, and which two are the attempts. The second is never a copy of the first. The right button on a card, or Ctrl+1 and Ctrl+2, makes it an attempt by hand.</source>
   <translation>Jeder Test wird höchstens zweimal beantwortet. Die Karten unter Lösen zeigen die gefundenen Antworten, wie viele Programme sie geben und welche zwei die Versuche sind. Der zweite ist nie eine Kopie des ersten. Die rechte Taste auf einer Karte, oder Strg+1 und Strg+2, macht sie von Hand zum Versuch.</translation>
  </message>
  <message>
   <source>Three kinds of words</source>
   <translation>Drei Arten von Wörtern</translation>
  </message>
  <message>
   <source>Learned words come from training: rows of a codebook that a neural network carries out. Exact words are operations with a human name. Procedures are learned programs that move pointers on a pad, call each other and go on until a condition holds; they can be watched under Program, Procedures.</source>
   <translation>Gelernte Wörter kommen aus dem Training: Zeilen eines Codebuchs, die ein neuronales Netz ausführt. Exakte Wörter sind Operationen mit einem menschlichen Namen. Prozeduren sind gelernte Programme, die Zeiger über ein Blatt bewegen, einander aufrufen und weitermachen, bis eine Bedingung gilt; zu sehen sind sie unter Programm, Prozeduren.</translation>
  </message>
  <message>
   <source>When nothing is found</source>
   <translation>Wenn nichts gefunden wird</translation>
  </message>
  <message>
   <source>Give it more effort, or look at the table of wrong cells: one demonstration that alone is not explained may hold a mistake. A further demonstration that shows the rule more plainly helps most.</source>
   <translation>Geben Sie mehr Aufwand, oder sehen Sie in die Tabelle der falschen Zellen: Ein Beispiel, das als einziges nicht erklärt wird, enthält vielleicht einen Fehler. Am meisten hilft ein weiteres Beispiel, das die Regel deutlicher zeigt.</translation>
  </message>
  <message>
   <source>Comparing and steering</source>
   <translation>Vergleichen und lenken</translation>
  </message>
  <message>
   <source>Two programs can be put side by side; the place where they part is framed. Search on from a step to keep what comes before it. A right click on a step or a word leaves the word out of the next search, or demands it. Draw what the grids are to be after a step, and the steps before or after are searched. Continue (F5) goes on from what was found, with more time.</source>
   <translation>Zwei Programme können nebeneinandergestellt werden; die Stelle, an der sie sich trennen, ist eingerahmt. Wer ab einem Schritt weitersucht, behält, was davor steht. Ein Rechtsklick auf einen Schritt oder ein Wort lässt das Wort in der nächsten Suche weg oder verlangt es. Zeichnen Sie, was die Gitter nach einem Schritt sein sollen, und die Schritte davor oder danach werden gesucht. Weiter (F5) sucht von dem Gefundenen aus mit mehr Zeit.</translation>
  </message>
  <message>
   <source>Watching a search</source>
   <translation>Einer Suche zusehen</translation>
  </message>
  <message>
   <source>Watch the search (Ctrl+Shift+W) to see who is at work and the states nearest to the outputs; each can be opened on the board afterwards. The film (Ctrl+Shift+F) shows gradient refinement, while it runs and later: hold it, go back, and refine from a moment you keep.</source>
   <translation>„Suche ansehen“ (Strg+Umschalt+W) zeigt, wer arbeitet und welche Zustände den Ausgaben am nächsten sind; jeder lässt sich danach auf dem Brett öffnen. Der Film (Strg+Umschalt+F) zeigt die Gradienten-Verfeinerung, während sie läuft und später: anhalten, zurückgehen und von einem gemerkten Moment aus verfeinern.</translation>
  </message>
  <message>
   <source>Changing a program</source>
   <translation>Ein Programm ändern</translation>
  </message>
  <message>
   <source>Put in words from the dictionary or by the + between two steps, move and delete steps, or click a number or colour in a step to give it another. A word that is not listed can be written. Every change is run at once and can be undone. Steps get a name with F2 and become one word.</source>
   <translation>Fügen Sie Wörter aus dem Wörterbuch oder mit dem + zwischen zwei Schritten ein, verschieben und löschen Sie Schritte, oder klicken Sie in einem Schritt auf eine Zahl oder Farbe, um ihm eine andere zu geben. Ein Wort, das nicht aufgeführt ist, lässt sich schreiben. Jede Änderung wird sofort ausgeführt und lässt sich rückgängig machen. Schritte erhalten mit F2 einen Namen und werden zu einem Wort.</translation>
  </message>
  <message>
   <source>What is kept</source>
   <translation>Was aufgehoben wird</translation>
  </message>
  <message>
   <source>Your answers, notes and what a search found belong to the puzzle and are there when you open it again. Unsaved drawings are written aside every few seconds and offered after a crash. A file is only written where you say so.</source>
   <translation>Ihre Antworten, Notizen und was eine Suche gefunden hat, gehören zum Puzzle und sind da, wenn Sie es wieder öffnen. Ungespeicherte Zeichnungen werden alle paar Sekunden beiseitegelegt und nach einem Absturz angeboten. Eine Datei wird nur dort geschrieben, wo Sie es sagen.</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Task files, folders, Kaggle files, lists, JSON Lines, archives and programs can be opened, also by dropping them on the window. What else a file holds stays in it when it is saved. Programs, puzzles and pictures are exported with Ctrl+E; Ctrl+M copies a link to this moment.</source>
   <translation>Aufgabendateien, Ordner, Kaggle-Dateien, Listen, JSON Lines, Archive und Programme lassen sich öffnen, auch indem man sie auf das Fenster zieht. Was eine Datei sonst noch enthält, bleibt beim Speichern darin. Programme, Puzzles und Bilder werden mit Strg+E exportiert; Strg+M kopiert einen Link auf diesen Moment.</translation>
  </message>
  <message>
   <source>Without the window</source>
   <translation>Ohne das Fenster</translation>
  </message>
  <message>
   <source>Everything can be done on the command line too: glossa solve, glossa export, glossa submission. glossa --help lists the commands.</source>
   <translation>Alles geht auch auf der Kommandozeile: glossa solve, glossa export, glossa submission. glossa --help zählt die Befehle auf.</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>Programm</translation>
  </message>
  <message>
   <source>Drawing</source>
   <translation>Zeichnen</translation>
  </message>
  <message>
   <source>Looking</source>
   <translation>Ansehen</translation>
  </message>
  <message>
   <source>Teaching a procedure</source>
   <translation>Eine Prozedur lehren</translation>
  </message>
  <message>
   <source>one step back, one step on</source>
   <translation>einen Schritt zurück, einen Schritt weiter</translation>
  </message>
  <message>
   <source>the input, the answer</source>
   <translation>die Eingabe, die Antwort</translation>
  </message>
  <message>
   <source>play or pause</source>
   <translation>abspielen oder anhalten</translation>
  </message>
  <message>
   <source>stop playing at this step, or no longer</source>
   <translation>beim Abspielen an diesem Schritt anhalten, oder nicht mehr</translation>
  </message>
  <message>
   <source>pencil, line, rectangle, fill, pick, select</source>
   <translation>Stift, Linie, Rechteck, Füllen, Farbe aufnehmen, Auswählen</translation>
  </message>
  <message>
   <source>the colour</source>
   <translation>die Farbe</translation>
  </message>
  <message>
   <source>rotate, flip left-right, flip top-bottom</source>
   <translation>drehen, links-rechts spiegeln, oben-unten spiegeln</translation>
  </message>
  <message>
   <source>paste: place it with mouse or arrows, then click or Return</source>
   <translation>einfügen: mit Maus oder Pfeilen hinschieben, dann Klick oder Eingabe</translation>
  </message>
  <message>
   <source>to the next grid; arrow keys read its cells</source>
   <translation>zum nächsten Gitter; Pfeiltasten lesen seine Zellen</translation>
  </message>
  <message>
   <source>mark an object of an input for the search, or no longer</source>
   <translation>ein Objekt einer Eingabe für die Suche markieren, oder nicht mehr</translation>
  </message>
  <message>
   <source>zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>move the pointer, diagonally too</source>
   <translation>den Zeiger bewegen, auch schräg</translation>
  </message>
  <message>
   <source>write; before a recording, put the brush's colour down</source>
   <translation>schreiben; vor der Aufzeichnung die Pinselfarbe setzen</translation>
  </message>
  <message>
   <source>the other pointer</source>
   <translation>der andere Zeiger</translation>
  </message>
  <message>
   <source>push the piece under the eye</source>
   <translation>das Stück unter dem Auge schieben</translation>
  </message>
  <message>
   <source>record, done, take back</source>
   <translation>aufzeichnen, fertig, zurücknehmen</translation>
  </message>
  <message>
   <source>Nothing can be written there, so settings, answers and unsaved work are not kept: {reason}. You can go on, and save files elsewhere.</source>
   <translation>Dort kann nichts geschrieben werden, darum werden Einstellungen, Antworten und ungespeicherte Arbeit nicht aufbewahrt: {reason}. Sie können weitermachen und Dateien anderswo speichern.</translation>
  </message>
  <message>
   <source>Glossa is running already (process {process}), but it does not answer. End it and start again.</source>
   <translation>Glossa läuft schon (Prozess {process}), antwortet aber nicht. Beenden Sie ihn, und starten Sie neu.</translation>
  </message>
  <message>
   <source>Nothing is kept</source>
   <translation>Nichts wird aufbewahrt</translation>
  </message>
  <message>
   <source>Write the score</source>
   <translation>Bewertung schreiben</translation>
  </message>
  <message>
   <source>Table (*.csv)</source>
   <translation>Tabelle (*.csv)</translation>
  </message>
  <message>
   <source> (and {n} more)</source>
   <translation> (und {n} weitere)</translation>
  </message>
  <message>
   <source>Some earlier results could not be read: {reason}{more}. The rest is used; the file is kept as {file}.</source>
   <translation>Manche früheren Ergebnisse waren nicht lesbar: {reason}{more}. Die übrigen werden verwendet; die Datei liegt nun unter {file}.</translation>
  </message>
  <message>
   <source>{file} is of a newer Glossa and stays as it is. Results of this one are kept as {own}.</source>
   <translation>{file} stammt von einem neueren Glossa und bleibt, wie es ist. Die Ergebnisse von diesem hier werden als {own} aufgehoben.</translation>
  </message>
  <message>
   <source>{alike}; from there: {difference}.</source>
   <translation>{alike}; von da an: {difference}.</translation>
  </message>
  <message>
   <source>In the end: {difference}.</source>
   <translation>Am Ende: {difference}.</translation>
  </message>
  <message>
   <source>Their answers to {n} of {all} tests differ.</source>
   <translation>Ihre Antworten auf {n} von {all} Tests sind verschieden.</translation>
  </message>
  <message>
   <source>Alike up to step {first} of A and step {second} of B</source>
   <translation>Gleich bis Schritt {first} von A und Schritt {second} von B</translation>
  </message>
  <message>
   <source>{n} cell differs</source>
   <translation>{n} Zelle verschieden</translation>
  </message>
  <message>
   <source>{n} cells differ</source>
   <translation>{n} Zellen verschieden</translation>
  </message>
  <message>
   <source>Alike at every step.</source>
   <translation>In jedem Schritt gleich.</translation>
  </message>
  <message>
   <source>Alike but for {n} step that only one takes.</source>
   <translation>Gleich bis auf {n} Schritt, den nur eines macht.</translation>
  </message>
  <message>
   <source>Alike but for {n} steps that only one takes.</source>
   <translation>Gleich bis auf {n} Schritte, die nur eines macht.</translation>
  </message>
  <message>
   <source>Their inputs differ</source>
   <translation>Ihre Eingaben sind verschieden</translation>
  </message>
  <message>
   <source>Their answers to the test are alike.</source>
   <translation>Ihre Antworten auf den Test sind gleich.</translation>
  </message>
  <message>
   <source>Their answers to the tests are alike.</source>
   <translation>Ihre Antworten auf die Tests sind gleich.</translation>
  </message>
  <message>
   <source>Their answers to the test differ.</source>
   <translation>Ihre Antworten auf den Test sind verschieden.</translation>
  </message>
  <message>
   <source>Their answers to the tests differ.</source>
   <translation>Ihre Antworten auf die Tests sind verschieden.</translation>
  </message>
  <message>
   <source>Alike at the input</source>
   <translation>Gleich in der Eingabe</translation>
  </message>
  <message>
   <source>Alike up to step {n}</source>
   <translation>Gleich bis Schritt {n}</translation>
  </message>
  <message>
   <source>{first} and {second}</source>
   <translation>{first} und {second}</translation>
  </message>
  <message>
   <source>In the end they agree.</source>
   <translation>Am Ende stimmen sie überein.</translation>
  </message>
  <message>
   <source>start a grid</source>
   <translation>Gitter beginnen</translation>
  </message>
  <message>
   <source>clear</source>
   <translation>leeren</translation>
  </message>
  <message>
   <source>paste</source>
   <translation>einfügen</translation>
  </message>
  <message>
   <source>rotate</source>
   <translation>drehen</translation>
  </message>
  <message>
   <source>flip</source>
   <translation>spiegeln</translation>
  </message>
  <message>
   <source>resize</source>
   <translation>Größe ändern</translation>
  </message>
  <message>
   <source>copy from input</source>
   <translation>aus der Eingabe übernehmen</translation>
  </message>
  <message>
   <source>crop</source>
   <translation>zuschneiden</translation>
  </message>
  <message>
   <source>clipboard</source>
   <translation>Zwischenablage</translation>
  </message>
  <message>
   <source>{where}: has no grid, expected rows of digits, of numbers or as JSON</source>
   <translation>{where}: enthält kein Gitter, erwartet Zeilen aus Ziffern, aus Zahlen oder als JSON</translation>
  </message>
  <message>
   <source>{where}: is no list of rows, expected a grid</source>
   <translation>{where}: ist keine Liste von Zeilen, erwartet ein Gitter</translation>
  </message>
  <message>
   <source>mark an object</source>
   <translation>ein Objekt markieren</translation>
  </message>
  <message>
   <source>take a mark away</source>
   <translation>eine Markierung entfernen</translation>
  </message>
  <message>
   <source>take all marks away</source>
   <translation>alle Markierungen entfernen</translation>
  </message>
  <message>
   <source>Reported as faulty or ambiguous. The place has not been checked here.</source>
   <translation>Als fehlerhaft oder mehrdeutig gemeldet. Die Stelle wurde hier nicht geprüft.</translation>
  </message>
  <message>
   <source>Reported: demonstration 2, row 2, columns 4 to 7. The red shape fits there too, but is not drawn.</source>
   <translation>Gemeldet: Beispiel 2, Zeile 2, Spalten 4 bis 7. Die rote Form passt auch dorthin, ist aber nicht gezeichnet.</translation>
  </message>
  <message>
   <source>{n} step</source>
   <translation>{n} Schritt</translation>
  </message>
  <message>
   <source>{n} steps</source>
   <translation>{n} Schritte</translation>
  </message>
  <message>
   <source>no certificate</source>
   <translation>kein Zertifikat</translation>
  </message>
  <message>
   <source>,</source>
   <translation>.</translation>
  </message>
  <message>
   <source>returned</source>
   <translation>zurückgekehrt</translation>
  </message>
  <message>
   <source>not run yet</source>
   <translation>noch nicht gelaufen</translation>
  </message>
  <message>
   <source>stopped after {steps}: {why}</source>
   <translation>angehalten nach: {steps}; {why}</translation>
  </message>
  <message>
   <source>{steps}; not the true procedure's from step {at} on</source>
   <translation>{steps}; ab Schritt {at} anders als die wahre Prozedur</translation>
  </message>
  <message>
   <source>{steps}; it was taught, so there is no true procedure to compare with</source>
   <translation>{steps}; gelehrt, also ohne wahre Prozedur zum Vergleich</translation>
  </message>
  <message>
   <source>{steps}, each as the true procedure makes it</source>
   <translation>{steps}, jeder wie in der wahren Prozedur</translation>
  </message>
  <message>
   <source>taught from {n} demonstration, not certified</source>
   <translation>aus {n} Vorführung gelernt, nicht zertifiziert</translation>
  </message>
  <message>
   <source>taught from {n} demonstrations, not certified</source>
   <translation>aus {n} Vorführungen gelernt, nicht zertifiziert</translation>
  </message>
  <message>
   <source>✓ certified: {checked} histories, 0 wrong, any length</source>
   <translation>✓ zertifiziert: {checked} Verläufe, 0 falsch, jede Länge</translation>
  </message>
  <message>
   <source>not certified: {wrong} of {checked} histories wrong</source>
   <translation>nicht zertifiziert: {wrong} von {checked} Verläufen falsch</translation>
  </message>
  <message>
   <source>no certificate: {wrong} frames still wrong after {fresh} random runs</source>
   <translation>kein Zertifikat: {wrong} Aufrufe noch falsch nach {fresh} Zufallsläufen</translation>
  </message>
  <message>
   <source>running: {steps}</source>
   <translation>läuft: {steps}</translation>
  </message>
  <message>
   <source>loading the network…</source>
   <translation>das Netz wird geladen …</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>too many steps</source>
   <translation>zu viele Schritte</translation>
  </message>
  <message>
   <source>too many calls inside each other</source>
   <translation>zu viele Aufrufe ineinander</translation>
  </message>
  <message>
   <source>Addition</source>
   <translation>Addition</translation>
  </message>
  <message>
   <source>Bubble sort</source>
   <translation>Bubblesort</translation>
  </message>
  <message>
   <source>Greatest of a row</source>
   <translation>Größte einer Reihe</translation>
  </message>
  <message>
   <source>Ray</source>
   <translation>Strahl</translation>
  </message>
  <message>
   <source>Bounce</source>
   <translation>Abprallen</translation>
  </message>
  <message>
   <source>Fill</source>
   <translation>Füllen</translation>
  </message>
  <message>
   <source>Drop</source>
   <translation>Fallen</translation>
  </message>
  <message>
   <source>Bar</source>
   <translation>Balken</translation>
  </message>
  <message>
   <source>Adds two numbers of any length, column by column, with carries.</source>
   <translation>Addiert zwei Zahlen beliebiger Länge, Spalte für Spalte, mit Übertrag.</translation>
  </message>
  <message>
   <source>Sorts a row of digits by comparing neighbours, pass after pass.</source>
   <translation>Sortiert eine Reihe von Ziffern, indem es Nachbarn vergleicht, Durchgang für Durchgang.</translation>
  </message>
  <message>
   <source>Sorts a row of digits, then moves to the last one.</source>
   <translation>Sortiert eine Reihe von Ziffern und geht dann zur letzten.</translation>
  </message>
  <message>
   <source>Draws from the eye in one direction until something is in the way.</source>
   <translation>Zeichnet vom Auge aus in eine Richtung, bis etwas im Weg ist.</translation>
  </message>
  <message>
   <source>Draws diagonally and is thrown back at the sides, until something is above or below.</source>
   <translation>Zeichnet schräg und prallt an den Seiten ab, bis darüber oder darunter etwas ist.</translation>
  </message>
  <message>
   <source>Fills the empty area around the eye.</source>
   <translation>Füllt die leere Fläche um das Auge.</translation>
  </message>
  <message>
   <source>Moves the piece under the eye until it touches something.</source>
   <translation>Schiebt das Stück unter dem Auge, bis es etwas berührt.</translation>
  </message>
  <message>
   <source>Counts a row's marks in the hand colour and draws a bar of that length.</source>
   <translation>Zählt die Zellen einer Zeile in der Handfarbe und zeichnet einen Balken dieser Länge.</translation>
  </message>
  <message>
   <source>north</source>
   <translation>Norden</translation>
  </message>
  <message>
   <source>north-east</source>
   <translation>Nordosten</translation>
  </message>
  <message>
   <source>east</source>
   <translation>Osten</translation>
  </message>
  <message>
   <source>south-east</source>
   <translation>Südosten</translation>
  </message>
  <message>
   <source>south</source>
   <translation>Süden</translation>
  </message>
  <message>
   <source>south-west</source>
   <translation>Südwesten</translation>
  </message>
  <message>
   <source>west</source>
   <translation>Westen</translation>
  </message>
  <message>
   <source>north-west</source>
   <translation>Nordwesten</translation>
  </message>
  <message>
   <source>first number</source>
   <translation>erste Zahl</translation>
  </message>
  <message>
   <source>second number</source>
   <translation>zweite Zahl</translation>
  </message>
  <message>
   <source>carry</source>
   <translation>Übertrag</translation>
  </message>
  <message>
   <source>sum</source>
   <translation>Summe</translation>
  </message>
  <message>
   <source>left</source>
   <translation>links</translation>
  </message>
  <message>
   <source>right</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>counter</source>
   <translation>Zähler</translation>
  </message>
  <message>
   <source>eye</source>
   <translation>Auge</translation>
  </message>
  <message>
   <source>pen</source>
   <translation>Stift</translation>
  </message>
  <message>
   <source>counter beyond the end</source>
   <translation>Zähler hinter dem Ende</translation>
  </message>
  <message>
   <source>left at the start</source>
   <translation>links am Anfang</translation>
  </message>
  <message>
   <source>blocked north</source>
   <translation>im Norden blockiert</translation>
  </message>
  <message>
   <source>blocked east</source>
   <translation>im Osten blockiert</translation>
  </message>
  <message>
   <source>blocked south</source>
   <translation>im Süden blockiert</translation>
  </message>
  <message>
   <source>blocked west</source>
   <translation>im Westen blockiert</translation>
  </message>
  <message>
   <source>here</source>
   <translation>hier</translation>
  </message>
  <message>
   <source>under the pen</source>
   <translation>unter dem Stift</translation>
  </message>
  <message>
   <source>empty</source>
   <translation>leer</translation>
  </message>
  <message>
   <source>hand colour</source>
   <translation>Handfarbe</translation>
  </message>
  <message>
   <source>other colour</source>
   <translation>andere Farbe</translation>
  </message>
  <message>
   <source>outside</source>
   <translation>außerhalb</translation>
  </message>
  <message>
   <source>nothing: unknown action {number}</source>
   <translation>nichts: unbekannte Handlung {number}</translation>
  </message>
  <message>
   <source>wall</source>
   <translation>Wand</translation>
  </message>
  <message>
   <source>nothing: there is no pointer {number}</source>
   <translation>nichts: es gibt keinen Zeiger {number}</translation>
  </message>
  <message>
   <source>{pointer}: one cell {direction}</source>
   <translation>{pointer}: eine Zelle nach {direction}</translation>
  </message>
  <message>
   <source>{pointer}: write {what}</source>
   <translation>{pointer}: {what} schreiben</translation>
  </message>
  <message>
   <source>swap left and right</source>
   <translation>links und rechts tauschen</translation>
  </message>
  <message>
   <source>push the piece {direction}</source>
   <translation>das Stück nach {direction} schieben</translation>
  </message>
  <message>
   <source>return</source>
   <translation>zurück</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>the hand's colour</source>
   <translation>die Handfarbe</translation>
  </message>
  <message>
   <source>solved</source>
   <translation>gelöst</translation>
  </message>
  <message>
   <source>explained, but wrong on a test</source>
   <translation>erklärt, aber bei einem Test falsch</translation>
  </message>
  <message>
   <source>not solved</source>
   <translation>nicht gelöst</translation>
  </message>
  <message>
   <source>Found by</source>
   <translation>Gefunden durch</translation>
  </message>
  <message>
   <source>Words used most</source>
   <translation>Häufigste Wörter</translation>
  </message>
  <message>
   <source>puzzles</source>
   <translation>Puzzles</translation>
  </message>
  <message>
   <source>done</source>
   <translation>bearbeitet</translation>
  </message>
  <message>
   <source>Puzzle</source>
   <translation>Puzzle</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>seconds, median of the solved</source>
   <translation>Sekunden, Median der gelösten</translation>
  </message>
  <message>
   <source>Puzzles</source>
   <translation>Puzzles</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>unbekannt</translation>
  </message>
  <message>
   <source>step {n}</source>
   <translation>Schritt {n}</translation>
  </message>
  <message>
   <source>{step}, {n} piece</source>
   <translation>{step}, {n} Teil</translation>
  </message>
  <message>
   <source>{step}, {n} pieces</source>
   <translation>{step}, {n} Teile</translation>
  </message>
  <message>
   <source>✗ size {size}</source>
   <translation>✗ Größe {size}</translation>
  </message>
  <message>
   <source>{step}, {some} of {all}</source>
   <translation>{step}, {some} von {all}</translation>
  </message>
  <message>
   <source>✗ {n} cell</source>
   <translation>✗ {n} Zelle</translation>
  </message>
  <message>
   <source>✗ {n} cells</source>
   <translation>✗ {n} Zellen</translation>
  </message>
  <message>
   <source>better: {right} of {demonstrations}, {cells} wrong, {words} ({origin})</source>
   <translation>besser: {right}/{demonstrations}, {cells} falsch, {words} ({origin})</translation>
  </message>
  <message>
   <source>searching for a program that explains {name}</source>
   <translation>sucht ein Programm, das {name} erklärt</translation>
  </message>
  <message>
   <source>ended: {tried}</source>
   <translation>beendet: {tried}</translation>
  </message>
  <message>
   <source>failed: {message}</source>
   <translation>gescheitert: {message}</translation>
  </message>
  <message>
   <source>{n} demonstration</source>
   <translation>{n} Beispiel</translation>
  </message>
  <message>
   <source>{n} demonstrations</source>
   <translation>{n} Beispiele</translation>
  </message>
  <message>
   <source>{n} cell</source>
   <translation>{n} Zelle</translation>
  </message>
  <message>
   <source>{n} cells</source>
   <translation>{n} Zellen</translation>
  </message>
  <message>
   <source>no steps</source>
   <translation>keine Schritte</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>going on</source>
   <translation>es geht weiter</translation>
  </message>
  <message>
   <source>All of these</source>
   <translation>Alle diese</translation>
  </message>
  <message>
   <source>Mine</source>
   <translation>Meine</translation>
  </message>
  <message>
   <source>make the answer a demonstration</source>
   <translation>Antwort zum Beispiel machen</translation>
  </message>
  <message>
   <source>take over the program's answer</source>
   <translation>Antwort des Programms übernehmen</translation>
  </message>
  <message>
   <source>choose the attempts</source>
   <translation>Versuche wählen</translation>
  </message>
  <message>
   <source>A name has 1 to 24 capital letters, digits and _, a letter first.</source>
   <translation>Ein Name hat 1 bis 24 Großbuchstaben, Ziffern und _, zuerst einen Buchstaben.</translation>
  </message>
  <message>
   <source>{name} is a procedure that comes along.</source>
   <translation>{name} ist eine mitgelieferte Prozedur.</translation>
  </message>
  <message>
   <source>There is a recording called {name} already.</source>
   <translation>Eine Aufzeichnung namens {name} gibt es schon.</translation>
  </message>
  <message>
   <source>The hand keeps its colour: a change of colour cannot be learned.</source>
   <translation>Die Hand behält ihre Farbe: Ein Farbwechsel kann nicht gelernt werden.</translation>
  </message>
  <message>
   <source>The pointer stands outside, where nothing can be written.</source>
   <translation>Der Zeiger steht außerhalb, wo nichts geschrieben werden kann.</translation>
  </message>
  <message>
   <source>{name} does nothing here, or does not end soon.</source>
   <translation>{name} tut hier nichts oder endet nicht bald.</translation>
  </message>
  <message>
   <source>A demonstration has at most {count} moves.</source>
   <translation>Eine Vorführung hat höchstens {count} Züge.</translation>
  </message>
  <message>
   <source>The pointer cannot go further that way.</source>
   <translation>In dieser Richtung kann der Zeiger nicht weiter.</translation>
  </message>
  <message>
   <source>There is nothing under the eye that can move that way.</source>
   <translation>Unter dem Auge ist nichts, was sich so verschieben lässt.</translation>
  </message>
  <message>
   <source>The recording could not be kept: {why}</source>
   <translation>Die Aufzeichnung konnte nicht gespeichert werden: {why}</translation>
  </message>
  <message>
   <source>Learn now, or add one more pad.</source>
   <translation>Jetzt lernen oder noch ein Feld hinzufügen.</translation>
  </message>
  <message>
   <source>{n} frame</source>
   <translation>{n} Ablauf</translation>
  </message>
  <message>
   <source>{n} frames</source>
   <translation>{n} Abläufen</translation>
  </message>
  <message>
   <source>iteration {at}; {wrong} of {frames} wrong</source>
   <translation>Durchgang {at}; {wrong} von {frames} falsch</translation>
  </message>
  <message>
   <source>Not learned: {why}</source>
   <translation>Nicht gelernt: {why}</translation>
  </message>
  <message>
   <source>{n} move</source>
   <translation>{n} Zug</translation>
  </message>
  <message>
   <source>{n} moves</source>
   <translation>{n} Züge</translation>
  </message>
  <message>
   <source>Recording: move the pointer, write, push or call. Done ends the demonstration.</source>
   <translation>Aufzeichnung läuft: Zeiger bewegen, schreiben, schieben oder aufrufen. Fertig beendet die Vorführung.</translation>
  </message>
  <message>
   <source>Draw the pad, put the eye where it begins, choose the hand colour; then Record.</source>
   <translation>Feld zeichnen, Auge an den Anfang setzen, Handfarbe wählen; dann Aufzeichnen.</translation>
  </message>
  <message>
   <source>Add another pad: of another size, where a step is repeated until something.</source>
   <translation>Ein weiteres Feld hinzufügen: in anderer Größe, wenn sich etwas bis zu einem Ende wiederholt.</translation>
  </message>
  <message>
   <source>Learned after {iterations} iterations, {seconds} s: it does every demonstration again.</source>
   <translation>Gelernt nach {iterations} Durchgängen, {seconds} s: Jede Vorführung gelingt wieder.</translation>
  </message>
  <message>
   <source>looking for what is repeated…</source>
   <translation>sucht, was sich wiederholt …</translation>
  </message>
  <message>
   <source>Not learned: demonstration {other} does otherwise than {one} from move {move} on. Each has to do the same, or to repeat one unit; a choice between steps cannot be learned.</source>
   <translation>Nicht gelernt: Vorführung {other} macht es ab Zug {move} anders als {one}. Jede muss dasselbe tun oder eine Einheit wiederholen; eine Wahl zwischen Schritten kann nicht gelernt werden.</translation>
  </message>
  <message>
   <source>Not learned: the same is seen in demonstration {on} after move {before}, where it goes on, and in demonstration {off} after move {after}, where it stops. Seen are the nine cells around the eye, what its piece is blocked by, and the cell under the pen.</source>
   <translation>Nicht gelernt: Dasselbe ist zu sehen in Vorführung {on} nach Zug {before}, wo es weitergeht, und in Vorführung {off} nach Zug {after}, wo sie endet. Zu sehen sind die neun Zellen um das Auge, was sein Stück blockiert, und die Zelle unter dem Stift.</translation>
  </message>
  <message>
   <source>Not learned: demonstration {shown} is still done otherwise at move {move}. Another demonstration may help.</source>
   <translation>Nicht gelernt: Vorführung {shown} läuft bei Zug {move} noch anders. Eine weitere Vorführung kann helfen.</translation>
  </message>
  <message>
   <source>{number}.  recording: {moves}</source>
   <translation>{number}.  läuft: {moves}</translation>
  </message>
  <message>
   <source>{number}.  to be done</source>
   <translation>{number}.  noch offen</translation>
  </message>
  <message>
   <source>push {direction}</source>
   <translation>schieben: {direction}</translation>
  </message>
  <message>
   <source>{pointer} writes</source>
   <translation>{pointer} schreibt</translation>
  </message>
  <message>
   <source>Follow the system</source>
   <translation>Dem System folgen</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>insert a word</source>
   <translation>Wort einfügen</translation>
  </message>
  <message>
   <source>open a program</source>
   <translation>Programm öffnen</translation>
  </message>
  <message>
   <source>change a word</source>
   <translation>Wort ändern</translation>
  </message>
  <message>
   <source>delete a step</source>
   <translation>Schritt löschen</translation>
  </message>
  <message>
   <source>move a step</source>
   <translation>Schritt verschieben</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>Antwort</translation>
  </message>
  <message>
   <source>Glossa learns its own language of grid operations, writes a program in it that explains a puzzle's examples, and runs that program step by step before your eyes.</source>
   <translation>Glossa lernt seine eigene Sprache von Gitteroperationen, schreibt darin ein Programm, das die Beispiele eines Puzzles erklärt, und führt es Schritt für Schritt vor Ihren Augen aus.</translation>
  </message>
  <message>
   <source>Loading the words</source>
   <translation>Wörter werden geladen</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Remembered programs</source>
   <translation>Gemerkte Programme</translation>
  </message>
  <message>
   <source>Pinned steps</source>
   <translation>Festgehaltene Schritte</translation>
  </message>
  <message>
   <source>Grids that you drew</source>
   <translation>Gezeichnete Gitter</translation>
  </message>
  <message>
   <source>First guess</source>
   <translation>Erste Vermutung</translation>
  </message>
  <message>
   <source>Search over words</source>
   <translation>Suche über Wörter</translation>
  </message>
  <message>
   <source>Search on a larger canvas</source>
   <translation>Suche auf größerer Fläche</translation>
  </message>
  <message>
   <source>Other views of the puzzle</source>
   <translation>Andere Ansichten des Puzzles</translation>
  </message>
  <message>
   <source>Coining a word</source>
   <translation>Ein Wort wird geprägt</translation>
  </message>
  <message>
   <source>Gradient refinement</source>
   <translation>Gradienten-Verfeinerung</translation>
  </message>
  <message>
   <source>Tuning of words</source>
   <translation>Wörter werden abgestimmt</translation>
  </message>
  <message>
   <source>Repair of a near miss</source>
   <translation>Reparatur eines Beinahe-Treffers</translation>
  </message>
  <message>
   <source>Plans of procedures</source>
   <translation>Pläne aus Prozeduren</translation>
  </message>
  <message>
   <source>Exact twins of learned words</source>
   <translation>Exakte Zwillinge gelernter Wörter</translation>
  </message>
  <message>
   <source>Learned rules</source>
   <translation>Gelernte Regeln</translation>
  </message>
  <message>
   <source>Nearest state</source>
   <translation>Nächster Zustand</translation>
  </message>
  <message>
   <source>Start of the refinement</source>
   <translation>Start der Verfeinerung</translation>
  </message>
  <message>
   <source>Exact words</source>
   <translation>Exakte Wörter</translation>
  </message>
  <message>
   <source>Earlier search</source>
   <translation>Frühere Suche</translation>
  </message>
  <message>
   <source>changed by hand</source>
   <translation>von Hand geändert</translation>
  </message>
  <message>
   <source>opened from a file</source>
   <translation>aus einer Datei geöffnet</translation>
  </message>
  <message>
   <source>Choose a puzzle</source>
   <translation>Ein Puzzle wählen</translation>
  </message>
  <message>
   <source>Collections with thousands of puzzles. Search by id, or let chance decide. Files can be dropped anywhere on the window, and File, New puzzle begins one of your own.</source>
   <translation>Sammlungen mit Tausenden von Puzzles. Suchen Sie nach der Kennung, oder überlassen Sie es dem Zufall. Dateien lassen sich überall im Fenster ablegen, und Datei, Neues Puzzle beginnt ein eigenes.</translation>
  </message>
  <message>
   <source>The board</source>
   <translation>Das Brett</translation>
  </message>
  <message>
   <source>Each row is an example: input, what the program has made of it, and what is expected. Press E to draw, and answer the test yourself. Click a cell to go to the step that changed it.</source>
   <translation>Jede Zeile ist ein Beispiel: Eingabe, was das Programm daraus gemacht hat, und was erwartet wird. Mit E zeichnen Sie und beantworten den Test selbst. Ein Klick auf eine Zelle führt zu dem Schritt, der sie geändert hat.</translation>
  </message>
  <message>
   <source>Solve</source>
   <translation>Lösen</translation>
  </message>
  <message>
   <source>Glossa searches for a program that explains every example. Watch it, hold it, compare what it found, or let it work through a whole collection.</source>
   <translation>Glossa sucht ein Programm, das alle Beispiele erklärt. Sehen Sie zu, halten Sie es an, vergleichen Sie, was es fand, oder lassen Sie es eine ganze Sammlung durcharbeiten.</translation>
  </message>
  <message>
   <source>Step through the program</source>
   <translation>Durch das Programm gehen</translation>
  </message>
  <message>
   <source>Every step is a word and every word makes a grid. Play it, scrub it, or change it with the words in the dictionary.</source>
   <translation>Jeder Schritt ist ein Wort, und jedes Wort macht ein Gitter. Spielen Sie es ab, ziehen Sie den Regler, oder ändern Sie es mit den Wörtern des Wörterbuchs.</translation>
  </message>
  <message>
   <source>loading the learned language</source>
   <translation>die gelernte Sprache wird geladen</translation>
  </message>
  <message>
   <source>running the pinned steps</source>
   <translation>die festgehaltenen Schritte werden ausgeführt</translation>
  </message>
  <message>
   <source>looking at the grids that are wanted</source>
   <translation>die gewünschten Gitter werden angesehen</translation>
  </message>
  <message>
   <source>reading the demonstrations</source>
   <translation>die Beispiele werden gelesen</translation>
  </message>
  <message>
   <source>guessed a first program</source>
   <translation>ein erstes Programm ist geraten</translation>
  </message>
  <message>
   <source>looking for exact words</source>
   <translation>exakte Wörter werden gesucht</translation>
  </message>
  <message>
   <source>trying programs of similar puzzles</source>
   <translation>Programme ähnlicher Puzzles werden versucht</translation>
  </message>
  <message>
   <source>repairing a near miss</source>
   <translation>ein Beinahe-Treffer wird repariert</translation>
  </message>
  <message>
   <source>coining a new word</source>
   <translation>ein neues Wort wird geprägt</translation>
  </message>
  <message>
   <source>searching in other views of the puzzle</source>
   <translation>Suche in anderen Ansichten des Puzzles</translation>
  </message>
  <message>
   <source>asking other views of the puzzle</source>
   <translation>andere Ansichten des Puzzles werden befragt</translation>
  </message>
  <message>
   <source>learning the demonstrations in other views</source>
   <translation>die Beispiele werden in anderen Ansichten gelernt</translation>
  </message>
  <message>
   <source>searching with tuned words</source>
   <translation>Suche mit angepassten Wörtern</translation>
  </message>
  <message>
   <source>trying programs of {n} words</source>
   <translation>Programme aus so vielen Wörtern werden versucht: {n}</translation>
  </message>
  <message>
   <source>round {round}, step {step} of {steps}, {starts} starts, temperature {temperature}</source>
   <translation>Runde {round}, Schritt {step} von {steps}, Starts: {starts}, Temperatur {temperature}</translation>
  </message>
  <message>
   <source>near miss {at} of {n}: {reason}</source>
   <translation>Beinahe-Treffer {at} von {n}: {reason}</translation>
  </message>
  <message>
   <source>{n} states, rules learned on {canvases} canvases</source>
   <translation>Zustände: {n}, Regeln gelernt auf Gittern: {canvases}</translation>
  </message>
  <message>
   <source>{n} states</source>
   <translation>Zustände: {n}</translation>
  </message>
  <message>
   <source>{n} canvases that rules were learned on</source>
   <translation>Gitter, auf denen Regeln gelernt wurden: {n}</translation>
  </message>
  <message>
   <source>{n} programs of exact words</source>
   <translation>Programme aus exakten Wörtern: {n}</translation>
  </message>
  <message>
   <source>{n} plans of procedures tried</source>
   <translation>versuchte Pläne aus Prozeduren: {n}</translation>
  </message>
  <message>
   <source>no way to cut the inputs singles out what is marked: searching as without marks</source>
   <translation>keine Art, die Eingaben zu zerlegen, hebt das Markierte heraus: Suche wie ohne Markierungen</translation>
  </message>
  <message>
   <source>trying rules that pick what is marked first; ways to cut the inputs that single it out: {n}</source>
   <translation>zuerst werden Regeln versucht, die das Markierte wählen; Arten, die Eingaben zu zerlegen, die es herausheben: {n}</translation>
  </message>
  <message>
   <source>marks count in the search over exact words, which was left out</source>
   <translation>Markierungen zählen bei der Suche mit exakten Wörtern, die ausgelassen wurde</translation>
  </message>
  <message>
   <source>learned words hold up to {n} cells a side, {place} has {rows} × {columns}</source>
   <translation>gelernte Wörter fassen bis zu {n} Zellen je Seite, {place} hat {rows} × {columns}</translation>
  </message>
  <message>
   <source>{reason}: exact words alone</source>
   <translation>{reason}: nur exakte Wörter</translation>
  </message>
  <message>
   <source>the program cannot be remembered: {reason}</source>
   <translation>das Programm lässt sich nicht merken: {reason}</translation>
  </message>
  <message>
   <source>a search process died (exit code {code}), looking on without it</source>
   <translation>ein Suchprozess ist ausgefallen (Endstatus {code}), die Suche geht ohne ihn weiter</translation>
  </message>
  <message>
   <source>the GPU {reason}; going on with the CPU</source>
   <translation>Grafikprozessor: {reason}; weiter auf der CPU</translation>
  </message>
  <message>
   <source>the GPU {reason}, so the search went on on the CPU</source>
   <translation>Grafikprozessor: {reason}, die Suche lief auf der CPU weiter</translation>
  </message>
  <message>
   <source>{name} cannot be used, the CPU is: {reason}</source>
   <translation>{name} ist nicht nutzbar, gerechnet wird auf der CPU: {reason}</translation>
  </message>
  <message>
   <source>cuda: {reason}</source>
   <translation>cuda: {reason}</translation>
  </message>
  <message>
   <source>mps: {reason}</source>
   <translation>mps: {reason}</translation>
  </message>
  <message>
   <source>this build of torch is made without it</source>
   <translation>dieses torch ist ohne das gebaut</translation>
  </message>
  <message>
   <source>there is none</source>
   <translation>es gibt keinen</translation>
  </message>
  <message>
   <source>it was asked for</source>
   <translation>so wurde es verlangt</translation>
  </message>
  <message>
   <source>a GPU is faster than the CPU</source>
   <translation>ein Grafikprozessor ist schneller als die CPU</translation>
  </message>
  <message>
   <source>ran out of memory</source>
   <translation>der Speicher reichte nicht</translation>
  </message>
  <message>
   <source>failed ({reason})</source>
   <translation>Fehler ({reason})</translation>
  </message>
  <message>
   <source>programs tried in the learned language: {programs}, rounds of gradient refinement: {rounds}, programs of exact words found: {exact}</source>
   <translation>versuchte Programme in der gelernten Sprache: {programs}, Runden der Gradienten-Verfeinerung: {rounds}, gefundene Programme aus exakten Wörtern: {exact}</translation>
  </message>
  <message>
   <source>plans of procedures tried: {n}</source>
   <translation>versuchte Pläne aus Prozeduren: {n}</translation>
  </message>
  <message>
   <source>{n} search processes died (exit codes {codes}): solve again</source>
   <translation>ausgefallene Suchprozesse: {n} (Endstatus {codes}): noch einmal lösen</translation>
  </message>
  <message>
   <source>grid {at} of {n}</source>
   <translation>Gitter {at} von {n}</translation>
  </message>
  <message>
   <source>asked {engine} once per grid; it writes no program</source>
   <translation>{engine} wurde einmal je Gitter gefragt; es schreibt kein Programm</translation>
  </message>
  <message>
   <source>pinned: {word} has no answer for {place}: {reason}</source>
   <translation>festgehaltene Schritte: {word} hat keine Antwort für {place}: {reason}</translation>
  </message>
  <message>
   <source>pinned: the last step, {word}, yields pieces, expected a grid</source>
   <translation>festgehaltene Schritte: der letzte, {word}, ergibt Teile, erwartet wird ein Gitter</translation>
  </message>
  <message>
   <source>pinned: {reason}</source>
   <translation>festgehaltene Schritte: {reason}</translation>
  </message>
  <message>
   <source>{place}, the solver knows 0 to {n}; padding has to be cut away first</source>
   <translation>{place}, der Löser kennt 0 bis {n}; erst muss die Füllung weggeschnitten werden</translation>
  </message>
  <message>
   <source>{place}, the solver knows 0 to {n}; other values are only shown</source>
   <translation>{place}, der Löser kennt 0 bis {n}; andere Werte werden nur gezeigt</translation>
  </message>
  <message>
   <source>Paints the cells for which all conditions hold in one colour.</source>
   <translation>Malt die Zellen, für die alle Bedingungen gelten, in einer Farbe.</translation>
  </message>
  <message>
   <source>Learned</source>
   <translation>Gelernt</translation>
  </message>
  <message>
   <source>Named by you</source>
   <translation>Von Ihnen benannt</translation>
  </message>
  <message>
   <source>On grids</source>
   <translation>Auf Gitter</translation>
  </message>
  <message>
   <source>Cutting</source>
   <translation>Zerlegen</translation>
  </message>
  <message>
   <source>On pieces</source>
   <translation>Auf Teile</translation>
  </message>
  <message>
   <source>Choosing</source>
   <translation>Auswählen</translation>
  </message>
  <message>
   <source>Joining</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>Regeln</translation>
  </message>
  <message>
   <source>Procedures</source>
   <translation>Prozeduren</translation>
  </message>
  <message>
   <source>turning</source>
   <translation>Drehen</translation>
  </message>
  <message>
   <source>Turns or flips the whole grid.</source>
   <translation>Dreht oder spiegelt das ganze Gitter.</translation>
  </message>
  <message>
   <source>shifting</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <source>Moves everything by one cell; what leaves the grid is gone.</source>
   <translation>Verschiebt alles um eine Zelle; was das Gitter verlässt, ist fort.</translation>
  </message>
  <message>
   <source>rolling</source>
   <translation>Rollen</translation>
  </message>
  <message>
   <source>Moves everything by one cell; what leaves the grid comes in opposite.</source>
   <translation>Verschiebt alles um eine Zelle; was das Gitter verlässt, kommt gegenüber herein.</translation>
  </message>
  <message>
   <source>enlarging</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Makes the grid larger: it unfolds, repeats or stretches.</source>
   <translation>Macht das Gitter größer: es wird entfaltet, wiederholt oder gestreckt.</translation>
  </message>
  <message>
   <source>cropping</source>
   <translation>Zuschneiden</translation>
  </message>
  <message>
   <source>Keeps a part of the grid.</source>
   <translation>Behält einen Teil des Gitters.</translation>
  </message>
  <message>
   <source>falling</source>
   <translation>Fallen</translation>
  </message>
  <message>
   <source>Lets cells or shapes fall to one side.</source>
   <translation>Lässt Zellen oder Formen zu einer Seite fallen.</translation>
  </message>
  <message>
   <source>rays</source>
   <translation>Strahlen</translation>
  </message>
  <message>
   <source>Draws lines from coloured cells, or between two of a colour.</source>
   <translation>Zieht Linien von farbigen Zellen aus oder zwischen zweien einer Farbe.</translation>
  </message>
  <message>
   <source>completing</source>
   <translation>Vervollständigen</translation>
  </message>
  <message>
   <source>Repairs a symmetry or a pattern, or what is covered of it.</source>
   <translation>Stellt eine Symmetrie oder ein Muster wieder her, oder was davon verdeckt ist.</translation>
  </message>
  <message>
   <source>two halves</source>
   <translation>Zwei Hälften</translation>
  </message>
  <message>
   <source>Compares the two halves of the grid, or lays one over the other.</source>
   <translation>Vergleicht die beiden Hälften des Gitters oder legt eine über die andere.</translation>
  </message>
  <message>
   <source>the whole grid</source>
   <translation>Ganzes Gitter</translation>
  </message>
  <message>
   <source>Looks at the whole grid to clean, fill, crop or shrink it.</source>
   <translation>Sieht das ganze Gitter an und säubert, füllt, beschneidet oder verkleinert es.</translation>
  </message>
  <message>
   <source>halos</source>
   <translation>Höfe</translation>
  </message>
  <message>
   <source>Paints the empty cells around everything.</source>
   <translation>Malt die leeren Zellen um alles herum.</translation>
  </message>
  <message>
   <source>enclosed cells</source>
   <translation>Umschlossenes</translation>
  </message>
  <message>
   <source>Fills what is enclosed.</source>
   <translation>Füllt, was umschlossen ist.</translation>
  </message>
  <message>
   <source>frames</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>Puts a frame around the grid.</source>
   <translation>Legt einen Rahmen um das Gitter.</translation>
  </message>
  <message>
   <source>borders</source>
   <translation>Ränder</translation>
  </message>
  <message>
   <source>Paints the outermost cells.</source>
   <translation>Malt die äußersten Zellen.</translation>
  </message>
  <message>
   <source>replacing</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <source>Gives the cells of one colour another.</source>
   <translation>Gibt den Zellen einer Farbe eine andere.</translation>
  </message>
  <message>
   <source>swapping</source>
   <translation>Tauschen</translation>
  </message>
  <message>
   <source>Exchanges two colours.</source>
   <translation>Vertauscht zwei Farben.</translation>
  </message>
  <message>
   <source>painting</source>
   <translation>Malen</translation>
  </message>
  <message>
   <source>Paints cells in a colour.</source>
   <translation>Malt Zellen in einer Farbe.</translation>
  </message>
  <message>
   <source>one colour</source>
   <translation>Eine Farbe</translation>
  </message>
  <message>
   <source>Keeps one colour; everything else becomes empty.</source>
   <translation>Behält eine Farbe; alles andere wird leer.</translation>
  </message>
  <message>
   <source>scale</source>
   <translation>Maßstab</translation>
  </message>
  <message>
   <source>Makes the grid larger or smaller by a factor that may follow from it.</source>
   <translation>Macht das Gitter größer oder kleiner; der Faktor kann sich aus ihm ergeben.</translation>
  </message>
  <message>
   <source>areas</source>
   <translation>Flächen</translation>
  </message>
  <message>
   <source>Fills holes and boxes, outlines shapes or hollows them out.</source>
   <translation>Füllt Löcher und Kästen, umrandet Formen oder höhlt sie aus.</translation>
  </message>
  <message>
   <source>lines</source>
   <translation>Linien</translation>
  </message>
  <message>
   <source>Extends lines, or joins what lies in one line.</source>
   <translation>Verlängert Linien oder verbindet, was in einer Linie liegt.</translation>
  </message>
  <message>
   <source>colours by number</source>
   <translation>Farben nach Anzahl</translation>
  </message>
  <message>
   <source>Picks colours by how common they are in the grid.</source>
   <translation>Wählt Farben danach, wie häufig sie im Gitter sind.</translation>
  </message>
  <message>
   <source>continuing</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Continues a pattern to the edge.</source>
   <translation>Setzt ein Muster bis zum Rand fort.</translation>
  </message>
  <message>
   <source>around corners</source>
   <translation>Um Ecken</translation>
  </message>
  <message>
   <source>Joins two marks by a line around one corner.</source>
   <translation>Verbindet zwei Marken durch eine Linie um eine Ecke.</translation>
  </message>
  <message>
   <source>mirrors</source>
   <translation>Spiegel</translation>
  </message>
  <message>
   <source>Mirrors the grid beside itself; both share the edge.</source>
   <translation>Spiegelt das Gitter neben sich; beide teilen den Rand.</translation>
  </message>
  <message>
   <source>turning until</source>
   <translation>Drehen, bis</translation>
  </message>
  <message>
   <source>Turns the grid until something is true of it, or turns it back again.</source>
   <translation>Dreht das Gitter, bis etwas von ihm gilt, oder dreht es wieder zurück.</translation>
  </message>
  <message>
   <source>things</source>
   <translation>Dinge</translation>
  </message>
  <message>
   <source>Cuts the grid into the things in it: objects, regions or colours.</source>
   <translation>Zerlegt das Gitter in die Dinge darin: Objekte, Gebiete oder Farben.</translation>
  </message>
  <message>
   <source>parts</source>
   <translation>Abschnitte</translation>
  </message>
  <message>
   <source>Cuts the grid into parts: halves, blocks, rows, or what lines part.</source>
   <translation>Zerlegt das Gitter in Abschnitte: Hälften, Blöcke, Zeilen oder was Linien trennen.</translation>
  </message>
  <message>
   <source>keeping</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keeps some of the pieces, or drops them.</source>
   <translation>Behält einige der Teile oder lässt sie fort.</translation>
  </message>
  <message>
   <source>sorting</source>
   <translation>Sortieren</translation>
  </message>
  <message>
   <source>Puts the pieces in order.</source>
   <translation>Ordnet die Teile.</translation>
  </message>
  <message>
   <source>each piece</source>
   <translation>Jedes Teil</translation>
  </message>
  <message>
   <source>Changes every piece in its place.</source>
   <translation>Ändert jedes Teil an seinem Platz.</translation>
  </message>
  <message>
   <source>most and least</source>
   <translation>Am meisten, am wenigsten</translation>
  </message>
  <message>
   <source>Takes the one piece with the most or the least of something.</source>
   <translation>Nimmt das eine Teil, das von etwas am meisten oder am wenigsten hat.</translation>
  </message>
  <message>
   <source>the odd one</source>
   <translation>Das andere</translation>
  </message>
  <message>
   <source>Takes the one piece that differs from the others.</source>
   <translation>Nimmt das eine Teil, das anders ist als die übrigen.</translation>
  </message>
  <message>
   <source>joining</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Makes one grid of the pieces.</source>
   <translation>Macht aus den Teilen ein Gitter.</translation>
  </message>
  <message>
   <source>laying over</source>
   <translation>Darüberlegen</translation>
  </message>
  <message>
   <source>Lays the result over the grid it came from.</source>
   <translation>Legt das Ergebnis über das Gitter, aus dem es stammt.</translation>
  </message>
  <message>
   <source>painting on</source>
   <translation>Weitermalen</translation>
  </message>
  <message>
   <source>Paints where all conditions hold, again and again until nothing changes.</source>
   <translation>Malt, wo alle Bedingungen gelten, immer wieder, bis sich nichts mehr ändert.</translation>
  </message>
  <message>
   <source>taking a piece</source>
   <translation>Ein Teil nehmen</translation>
  </message>
  <message>
   <source>Takes the one piece for which all conditions hold.</source>
   <translation>Nimmt das eine Teil, für das alle Bedingungen gelten.</translation>
  </message>
  <message>
   <source>moving pieces</source>
   <translation>Teile bewegen</translation>
  </message>
  <message>
   <source>Moves the pieces for which all conditions hold.</source>
   <translation>Bewegt die Teile, für die alle Bedingungen gelten.</translation>
  </message>
  <message>
   <source>changing pieces</source>
   <translation>Teile verändern</translation>
  </message>
  <message>
   <source>Changes the pieces for which all conditions hold.</source>
   <translation>Verändert die Teile, für die alle Bedingungen gelten.</translation>
  </message>
  <message>
   <source>a word for each piece</source>
   <translation>Ein Wort je Teil</translation>
  </message>
  <message>
   <source>Does another word to every piece.</source>
   <translation>Wendet ein anderes Wort auf jedes Teil an.</translation>
  </message>
  <message>
   <source>canvases</source>
   <translation>Leinwände</translation>
  </message>
  <message>
   <source>Gives the grid another size: a larger canvas, or an empty one.</source>
   <translation>Gibt dem Gitter eine andere Größe: eine größere Leinwand oder eine leere.</translation>
  </message>
  <message>
   <source>copies</source>
   <translation>Kopien</translation>
  </message>
  <message>
   <source>Lays a copy of the grid for each of its cells that is meant.</source>
   <translation>Legt eine Kopie des Gitters für jede seiner gemeinten Zellen.</translation>
  </message>
  <message>
   <source>numbering colours</source>
   <translation>Farben nummerieren</translation>
  </message>
  <message>
   <source>Numbers the colours by the part they play, or gives them back.</source>
   <translation>Nummeriert die Farben nach ihrer Rolle oder gibt sie zurück.</translation>
  </message>
  <message>
   <source>ray</source>
   <translation>Strahl</translation>
  </message>
  <message>
   <source>Draws from each place in one direction until something is in the way.</source>
   <translation>Zeichnet von jedem Ort in eine Richtung, bis etwas im Weg ist.</translation>
  </message>
  <message>
   <source>beam</source>
   <translation>Balken</translation>
  </message>
  <message>
   <source>Draws from each place to the edge of the grid, over everything.</source>
   <translation>Zeichnet von jedem Ort bis zum Rand des Gitters, über alles hinweg.</translation>
  </message>
  <message>
   <source>bounce</source>
   <translation>Abprallen</translation>
  </message>
  <message>
   <source>Draws diagonally and is thrown back at the sides.</source>
   <translation>Zeichnet schräg und prallt an den Seiten ab.</translation>
  </message>
  <message>
   <source>filling</source>
   <translation>Füllen</translation>
  </message>
  <message>
   <source>Fills the empty area around each place.</source>
   <translation>Füllt die leere Fläche um jeden Ort.</translation>
  </message>
  <message>
   <source>drop</source>
   <translation>Fallen lassen</translation>
  </message>
  <message>
   <source>Moves each piece until it touches something.</source>
   <translation>Bewegt jedes Stück, bis es etwas berührt.</translation>
  </message>
  <message>
   <source>black</source>
   <translation>schwarz</translation>
  </message>
  <message>
   <source>blue</source>
   <translation>blau</translation>
  </message>
  <message>
   <source>red</source>
   <translation>rot</translation>
  </message>
  <message>
   <source>green</source>
   <translation>grün</translation>
  </message>
  <message>
   <source>yellow</source>
   <translation>gelb</translation>
  </message>
  <message>
   <source>grey</source>
   <translation>grau</translation>
  </message>
  <message>
   <source>magenta</source>
   <translation>magenta</translation>
  </message>
  <message>
   <source>orange</source>
   <translation>orange</translation>
  </message>
  <message>
   <source>sky</source>
   <translation>hellblau</translation>
  </message>
  <message>
   <source>maroon</source>
   <translation>dunkelrot</translation>
  </message>
  <message>
   <source>white</source>
   <translation>weiß</translation>
  </message>
  <message>
   <source>brown</source>
   <translation>braun</translation>
  </message>
  <message>
   <source>purple</source>
   <translation>lila</translation>
  </message>
  <message>
   <source>teal</source>
   <translation>petrol</translation>
  </message>
  <message>
   <source>pink</source>
   <translation>rosa</translation>
  </message>
  <message>
   <source>lime</source>
   <translation>limette</translation>
  </message>
  <message>
   <source>padding</source>
   <translation>Füllung</translation>
  </message>
  <message>
   <source>Nothing</source>
   <translation>Nichts</translation>
  </message>
  <message>
   <source>Numbers</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <source>Symbols</source>
   <translation>Zeichen</translation>
  </message>
  <message>
   <source>ARC colours</source>
   <translation>ARC-Farben</translation>
  </message>
  <message>
   <source>Colour-blind safe</source>
   <translation>Für Farbfehlsichtige</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>{n} program</source>
   <translation>{n} Programm</translation>
  </message>
  <message>
   <source>{n} programs</source>
   <translation>{n} Programme</translation>
  </message>
  <message>
   <source>{n} of them explains every demonstration</source>
   <translation>{n} davon erklärt jedes Beispiel</translation>
  </message>
  <message>
   <source>{n} of them explain every demonstration</source>
   <translation>{n} davon erklären jedes Beispiel</translation>
  </message>
  <message>
   <source>the shortest has {n} step</source>
   <translation>das kürzeste hat {n} Schritt</translation>
  </message>
  <message>
   <source>the shortest has {n} steps</source>
   <translation>das kürzeste hat {n} Schritte</translation>
  </message>
  <message>
   <source>Answers found</source>
   <translation>Gefundene Antworten</translation>
  </message>
  <message>
   <source>The demonstrations allow more than one reading.</source>
   <translation>Die Beispiele lassen mehr als eine Deutung zu.</translation>
  </message>
  <message>
   <source>attempt {n}</source>
   <translation>Versuch {n}</translation>
  </message>
  <message>
   <source>not an attempt</source>
   <translation>kein Versuch</translation>
  </message>
  <message>
   <source>answers</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>Chosen by you.</source>
   <translation>Von Ihnen gewählt.</translation>
  </message>
  <message>
   <source>AFTER STEP {at} OF {count}</source>
   <translation>NACH SCHRITT {at}/{count}</translation>
  </message>
  <message>
   <source>Board</source>
   <translation>Brett</translation>
  </message>
  <message>
   <source>The solver knows no padding; this can be undone</source>
   <translation>Der Löser kennt keine Füllung; lässt sich rückgängig machen</translation>
  </message>
  <message>
   <source>Check the answer</source>
   <translation>Antwort prüfen</translation>
  </message>
  <message>
   <source>Compare with the expected output (Ctrl+K)</source>
   <translation>Mit der erwarteten Ausgabe vergleichen (Strg+K)</translation>
  </message>
  <message>
   <source>As a demonstration</source>
   <translation>Als Beispiel</translation>
  </message>
  <message>
   <source>Make the answer a demonstration (Ctrl+Shift+M)</source>
   <translation>Die Antwort zum Beispiel machen (Strg+Umschalt+M)</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>Draw on the grids (E)</source>
   <translation>Auf den Gittern zeichnen (E)</translation>
  </message>
  <message>
   <source>Padding ({value}) around the grids: cut it away</source>
   <translation>Füllung ({value}) um die Gitter: wegschneiden</translation>
  </message>
  <message>
   <source>cut the padding away</source>
   <translation>Füllung wegschneiden</translation>
  </message>
  <message>
   <source>Note: {text}</source>
   <translation>Notiz: {text}</translation>
  </message>
  <message>
   <source>{n} descriptions: {text}</source>
   <translation>{n} Beschreibungen: {text}</translation>
  </message>
  <message>
   <source>EXPECTED</source>
   <translation>ERWARTET</translation>
  </message>
  <message>
   <source>BEST SO FAR</source>
   <translation>BISHER BESTES</translation>
  </message>
  <message>
   <source>BEFORE STEP 1</source>
   <translation>VOR SCHRITT 1</translation>
  </message>
  <message>
   <source>+ Demonstration</source>
   <translation>+ Beispiel</translation>
  </message>
  <message>
   <source>+ Test</source>
   <translation>+ Test</translation>
  </message>
  <message>
   <source>add demonstration</source>
   <translation>Beispiel hinzufügen</translation>
  </message>
  <message>
   <source>add test</source>
   <translation>Test hinzufügen</translation>
  </message>
  <message>
   <source>{n} test</source>
   <translation>{n} Test</translation>
  </message>
  <message>
   <source>{n} tests</source>
   <translation>{n} Tests</translation>
  </message>
  <message>
   <source>YOUR ANSWER</source>
   <translation>IHRE ANTWORT</translation>
  </message>
  <message>
   <source>Hide the expected</source>
   <translation>Erwartetes verbergen</translation>
  </message>
  <message>
   <source>Show the expected</source>
   <translation>Erwartetes zeigen</translation>
  </message>
  <message>
   <source>{text} · STALE</source>
   <translation>{text} · VERALTET</translation>
  </message>
  <message>
   <source>The published data at commit {version}</source>
   <translation>Die veröffentlichten Daten, Commit {version}</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>Sammlung</translation>
  </message>
  <message>
   <source>Folders and Kaggle files</source>
   <translation>Ordner und Kaggle-Dateien</translation>
  </message>
  <message>
   <source>Search ids and descriptions</source>
   <translation>Kennung oder Beschreibung</translation>
  </message>
  <message>
   <source>Filter by size, colours and who solved it</source>
   <translation>Nach Größe, Farben und Löser filtern</translation>
  </message>
  <message>
   <source>Previous puzzle</source>
   <translation>Voriges Puzzle</translation>
  </message>
  <message>
   <source>Next puzzle</source>
   <translation>Nächstes Puzzle</translation>
  </message>
  <message>
   <source>A random puzzle</source>
   <translation>Ein zufälliges Puzzle</translation>
  </message>
  <message>
   <source>Add a &amp;folder of tasks…</source>
   <translation>Einen &amp;Ordner mit Aufgaben hinzufügen …</translation>
  </message>
  <message>
   <source>Add a &amp;Kaggle challenges file…</source>
   <translation>Eine &amp;Kaggle-Aufgabendatei hinzufügen …</translation>
  </message>
  <message>
   <source>&amp;Take this one off the list</source>
   <translation>Dies von der Liste &amp;nehmen</translation>
  </message>
  <message>
   <source>{n} puzzle</source>
   <translation>{n} Puzzle</translation>
  </message>
  <message>
   <source>{n} puzzles</source>
   <translation>{n} Puzzles</translation>
  </message>
  <message>
   <source>no puzzle</source>
   <translation>kein Puzzle</translation>
  </message>
  <message>
   <source>{n} found in {collection}</source>
   <translation>{n} gefunden in {collection}</translation>
  </message>
  <message>
   <source>This puzzle cannot be opened</source>
   <translation>Dieses Puzzle lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>Clear the filters</source>
   <translation>Filter aufheben</translation>
  </message>
  <message>
   <source>This collection cannot be opened</source>
   <translation>Diese Sammlung lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>Call</source>
   <translation>Aufruf</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Call tree</source>
   <translation>Aufrufbaum</translation>
  </message>
  <message>
   <source>step {at}</source>
   <translation>Schritt {at}</translation>
  </message>
  <message>
   <source>the program calls itself</source>
   <translation>das Programm ruft sich selbst auf</translation>
  </message>
  <message>
   <source>the true procedure does: {what}</source>
   <translation>die wahre Prozedur tut: {what}</translation>
  </message>
  <message>
   <source>Put in a word after step {n}</source>
   <translation>Ein Wort nach Schritt {n} einfügen</translation>
  </message>
  <message>
   <source>Put in a first word</source>
   <translation>Ein erstes Wort einfügen</translation>
  </message>
  <message>
   <source>{n} hour</source>
   <translation>{n} Stunde</translation>
  </message>
  <message>
   <source>{n} hours</source>
   <translation>{n} Stunden</translation>
  </message>
  <message>
   <source>✓ explained</source>
   <translation>✓ erklärt</translation>
  </message>
  <message>
   <source>not explained</source>
   <translation>nicht erklärt</translation>
  </message>
  <message>
   <source>a minute</source>
   <translation>eine Minute</translation>
  </message>
  <message>
   <source>{n} minute</source>
   <translation>{n} Minute</translation>
  </message>
  <message>
   <source>{n} minutes</source>
   <translation>{n} Minuten</translation>
  </message>
  <message>
   <source>{done} of {total} done, {good} solved</source>
   <translation>{done} von {total} fertig, {good} gelöst</translation>
  </message>
  <message>
   <source>✓ solved</source>
   <translation>✓ gelöst</translation>
  </message>
  <message>
   <source>Solve a collection</source>
   <translation>Eine Sammlung lösen</translation>
  </message>
  <message>
   <source>Effort for each puzzle</source>
   <translation>Aufwand für jedes Puzzle</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Verfahren</translation>
  </message>
  <message>
   <source>Puzzles done</source>
   <translation>Fertige Puzzles</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>Start over</source>
   <translation>Von vorn</translation>
  </message>
  <message>
   <source>Throw these results away</source>
   <translation>Diese Ergebnisse verwerfen</translation>
  </message>
  <message>
   <source>Report…</source>
   <translation>Bericht …</translation>
  </message>
  <message>
   <source>Solved against time and size, by word; compare two runs</source>
   <translation>Gelöst nach Zeit, Größe und Wort; zwei Läufe vergleichen</translation>
  </message>
  <message>
   <source>Write submission.json…</source>
   <translation>submission.json schreiben …</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Best there is</source>
   <translation>Das beste</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>✗ wrong on a test</source>
   <translation>✗ in einem Test falsch</translation>
  </message>
  <message>
   <source>{n} cannot be read</source>
   <translation>{n} nicht lesbar</translation>
  </message>
  <message>
   <source>about {time} left</source>
   <translation>noch etwa {time}</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>working…</source>
   <translation>in Arbeit …</translation>
  </message>
  <message>
   <source>action</source>
   <translation>Handlung</translation>
  </message>
  <message>
   <source>puzzle</source>
   <translation>Puzzle</translation>
  </message>
  <message>
   <source>word</source>
   <translation>Wort</translation>
  </message>
  <message>
   <source>file</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>An action, a puzzle or a word</source>
   <translation>Ein Befehl, ein Puzzle oder ein Wort</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>Nothing has these letters in this order.</source>
   <translation>Nichts hat diese Buchstaben in dieser Folge.</translation>
  </message>
  <message>
   <source>Command palette</source>
   <translation>Befehlspalette</translation>
  </message>
  <message>
   <source>test {n}, {what}</source>
   <translation>Test {n}, {what}</translation>
  </message>
  <message>
   <source>{n} cell wrong</source>
   <translation>{n} Zelle falsch</translation>
  </message>
  <message>
   <source>{n} cells wrong</source>
   <translation>{n} Zellen falsch</translation>
  </message>
  <message>
   <source>✓ right</source>
   <translation>✓ richtig</translation>
  </message>
  <message>
   <source>{size}, expected {wanted}</source>
   <translation>{size}, erwartet {wanted}</translation>
  </message>
  <message>
   <source>attempt 1</source>
   <translation>Versuch 1</translation>
  </message>
  <message>
   <source>attempt 2</source>
   <translation>Versuch 2</translation>
  </message>
  <message>
   <source>expected</source>
   <translation>erwartet</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keiner</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>Test {n} of {all}</source>
   <translation>Test {n} von {all}</translation>
  </message>
  <message>
   <source>differs</source>
   <translation>verschieden</translation>
  </message>
  <message>
   <source>Demonstration {n} of {all}</source>
   <translation>Beispiel {n} von {all}</translation>
  </message>
  <message>
   <source>Program {name}</source>
   <translation>Programm {name}</translation>
  </message>
  <message>
   <source>no step here</source>
   <translation>hier kein Schritt</translation>
  </message>
  <message>
   <source>Compare programs</source>
   <translation>Programme vergleichen</translation>
  </message>
  <message>
   <source>Pair before</source>
   <translation>Voriges Paar</translation>
  </message>
  <message>
   <source>Pair after</source>
   <translation>Nächstes Paar</translation>
  </message>
  <message>
   <source>From a file…</source>
   <translation>Aus einer Datei …</translation>
  </message>
  <message>
   <source>Run the program of a file on this puzzle, and compare it as B</source>
   <translation>Das Programm einer Datei auf dieses Puzzle anwenden und als B vergleichen</translation>
  </message>
  <message>
   <source>Search words, or write one</source>
   <translation>Wörter suchen oder eines schreiben</translation>
  </message>
  <message>
   <source>Kind of words</source>
   <translation>Art der Wörter</translation>
  </message>
  <message>
   <source>All words</source>
   <translation>Alle Wörter</translation>
  </message>
  <message>
   <source>Family of words</source>
   <translation>Familie der Wörter</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>Insert</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Add the word after the step shown (double-click, Return)</source>
   <translation>Das Wort nach dem gezeigten Schritt einfügen (Doppelklick, Eingabetaste)</translation>
  </message>
  <message>
   <source>Use the word in place of the step shown</source>
   <translation>Das Wort anstelle des gezeigten Schritts verwenden</translation>
  </message>
  <message>
   <source>Name…</source>
   <translation>Name …</translation>
  </message>
  <message>
   <source>Give the learned word a name of your own</source>
   <translation>Dem gelernten Wort einen eigenen Namen geben</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>Löschen …</translation>
  </message>
  <message>
   <source>Delete the word you named; programs keep its steps</source>
   <translation>Das von Ihnen benannte Wort löschen; Programme behalten seine Schritte</translation>
  </message>
  <message>
   <source>Search without this word</source>
   <translation>Ohne dieses Wort suchen</translation>
  </message>
  <message>
   <source>Search with this word</source>
   <translation>Mit diesem Wort suchen</translation>
  </message>
  <message>
   <source>All families</source>
   <translation>Alle Familien</translation>
  </message>
  <message>
   <source>The language could not be loaded.</source>
   <translation>Die Sprache konnte nicht geladen werden.</translation>
  </message>
  <message>
   <source>Loading the learned words…</source>
   <translation>Die gelernten Wörter werden geladen …</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Zeichnen</translation>
  </message>
  <message>
   <source>A click on the pad changes it (Ctrl+D)</source>
   <translation>Ein Klick auf das Feld ändert es (Strg+D)</translation>
  </message>
  <message>
   <source>What a click puts into a cell</source>
   <translation>Was ein Klick in eine Zelle setzt</translation>
  </message>
  <message>
   <source>Hand colour</source>
   <translation>Handfarbe</translation>
  </message>
  <message>
   <source>The colour that the procedure draws with</source>
   <translation>Die Farbe, mit der die Prozedur zeichnet</translation>
  </message>
  <message>
   <source>Pencil</source>
   <translation>Stift</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>Linie</translation>
  </message>
  <message>
   <source>Rectangle, filled with Shift</source>
   <translation>Rechteck, mit Umschalt gefüllt</translation>
  </message>
  <message>
   <source>Flood fill</source>
   <translation>Füllen</translation>
  </message>
  <message>
   <source>Pick a colour from a cell</source>
   <translation>Farbe einer Zelle aufnehmen</translation>
  </message>
  <message>
   <source>Select, and drag to move</source>
   <translation>Auswählen und durch Ziehen verschieben</translation>
  </message>
  <message>
   <source>Drawing tools</source>
   <translation>Zeichenwerkzeuge</translation>
  </message>
  <message>
   <source>All tools, or the simple ones</source>
   <translation>Alle Werkzeuge oder die einfachen</translation>
  </message>
  <message>
   <source>Stop editing (E)</source>
   <translation>Bearbeiten beenden (E)</translation>
  </message>
  <message>
   <source>Size of the grid, rows by columns</source>
   <translation>Größe des Gitters, Zeilen mal Spalten</translation>
  </message>
  <message>
   <source>Rows × columns of the active grid; type and press Return</source>
   <translation>Zeilen × Spalten des aktiven Gitters; eintippen und Eingabetaste drücken</translation>
  </message>
  <message>
   <source>size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Shown, but not solved:</source>
   <translation>Wird gezeigt, aber nicht gelöst:</translation>
  </message>
  <message>
   <source>colour {value}, {name}</source>
   <translation>Farbe {value}, {name}</translation>
  </message>
  <message>
   <source>Your answer: the puzzle stays as it is</source>
   <translation>Ihre Antwort: das Puzzle bleibt, wie es ist</translation>
  </message>
  <message>
   <source>Editing the puzzle: every grid can be changed</source>
   <translation>Puzzle bearbeiten: jedes Gitter lässt sich ändern</translation>
  </message>
  <message>
   <source>{collection} has no puzzle.</source>
   <translation>{collection} enthält kein Puzzle.</translation>
  </message>
  <message>
   <source>The filters hide {n} puzzle.</source>
   <translation>Die Filter verbergen {n} Puzzle.</translation>
  </message>
  <message>
   <source>The filters hide {n} puzzles.</source>
   <translation>Die Filter verbergen {n} Puzzles.</translation>
  </message>
  <message>
   <source>Nothing in {collection} is called “{text}” or described so.</source>
   <translation>Nichts in {collection} heißt „{text}“ oder wird so beschrieben.</translation>
  </message>
  <message>
   <source>Again and again: {steps}</source>
   <translation>Immer wieder: {steps}</translation>
  </message>
  <message>
   <source>{name} (taught)</source>
   <translation>{name} (gelehrt)</translation>
  </message>
  <message>
   <source>{n} digit</source>
   <translation>{n} Ziffer</translation>
  </message>
  <message>
   <source>{n} digits</source>
   <translation>{n} Ziffern</translation>
  </message>
  <message>
   <source>Procedures, from easy to hard</source>
   <translation>Prozeduren, von leicht bis schwer</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Seed of the random pad</source>
   <translation>Startwert des Zufalls</translation>
  </message>
  <message>
   <source>Another</source>
   <translation>Anderes</translation>
  </message>
  <message>
   <source>Another random pad</source>
   <translation>Ein anderes Zufallsfeld</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>Richtung</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>Perform a procedure on a few pads, and have it learned (Ctrl+T)</source>
   <translation>Eine Prozedur auf einigen Feldern vorführen und lernen lassen (Strg+T)</translation>
  </message>
  <message>
   <source>Remove the procedure that was taught</source>
   <translation>Die gelehrte Prozedur entfernen</translation>
  </message>
  <message>
   <source>Teach…</source>
   <translation>Lehren …</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Entfernen …</translation>
  </message>
  <message>
   <source>From easy to hard</source>
   <translation>Von leicht bis schwer</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>or type digits</source>
   <translation>oder Ziffern eingeben</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>First number</source>
   <translation>Erste Zahl</translation>
  </message>
  <message>
   <source>Second number</source>
   <translation>Zweite Zahl</translation>
  </message>
  <message>
   <source>Digits</source>
   <translation>Ziffern</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Addiere</translation>
  </message>
  <message>
   <source>and</source>
   <translation>und</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Preview: {about}</source>
   <translation>Vorschau: {about}</translation>
  </message>
  <message>
   <source>Made from this program:</source>
   <translation>Aus diesem Programm gemacht:</translation>
  </message>
  <message>
   <source>Solve the puzzle first: this is made of a program</source>
   <translation>Lösen Sie zuerst das Puzzle: Das wird aus einem Programm gemacht</translation>
  </message>
  <message>
   <source>Try more effort, allow exact words too, or add a demonstration that shows the rule more plainly.</source>
   <translation>Versuchen Sie es mit mehr Aufwand, lassen Sie auch exakte Wörter zu, oder fügen Sie ein Beispiel hinzu, das die Regel deutlicher zeigt.</translation>
  </message>
  <message>
   <source>{cells} wrong in {some} of {demonstrations}, so this does not explain the puzzle.</source>
   <translation>{cells} falsch in {some}/{demonstrations}; das erklärt das Puzzle also nicht.</translation>
  </message>
  <message>
   <source>Every demonstration but {n} is explained.</source>
   <translation>Jedes Beispiel außer {n} ist erklärt.</translation>
  </message>
  <message>
   <source>This cell may be an error in it: {places}.</source>
   <translation>Diese Zelle darin ist vielleicht ein Fehler: {places}.</translation>
  </message>
  <message>
   <source>These cells may be errors in it: {places}.</source>
   <translation>Diese Zellen darin sind vielleicht Fehler: {places}.</translation>
  </message>
  <message>
   <source>Best so far: {right} of {demonstrations}, {cells} wrong.</source>
   <translation>Bisher bestes: {right}/{demonstrations}, {cells} falsch.</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Press Solve to search for a program that explains every demonstration.</source>
   <translation>Drücken Sie Lösen, um ein Programm zu suchen, das jedes Beispiel erklärt.</translation>
  </message>
  <message>
   <source>Waking the solver. The first time takes a moment.</source>
   <translation>Der Löser erwacht. Beim ersten Mal dauert es einen Augenblick.</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Solving…</source>
   <translation>Sucht …</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>More effort may find what does.</source>
   <translation>Mehr Aufwand findet vielleicht, was es tut.</translation>
  </message>
  <message>
   <source>A guess</source>
   <translation>Eine Vermutung</translation>
  </message>
  <message>
   <source>Every demonstration was answered exactly from the others, without a program.</source>
   <translation>Jedes Beispiel wurde aus den anderen genau beantwortet, ohne Programm.</translation>
  </message>
  <message>
   <source>The program reproduces every demonstration exactly.</source>
   <translation>Das Programm gibt jedes Beispiel genau wieder.</translation>
  </message>
  <message>
   <source>✓ Verified</source>
   <translation>✓ Bestätigt</translation>
  </message>
  <message>
   <source>Nothing loaded</source>
   <translation>Nichts geladen</translation>
  </message>
  <message>
   <source>Choose a puzzle on the left to begin.</source>
   <translation>Wählen Sie links ein Puzzle, um zu beginnen.</translation>
  </message>
  <message>
   <source>Out of date</source>
   <translation>Veraltet</translation>
  </message>
  <message>
   <source>The puzzle or its program has changed since this was found. Solve again to bring it up to date.</source>
   <translation>Das Puzzle oder sein Programm hat sich seither geändert. Lösen Sie erneut, um es auf den Stand zu bringen.</translation>
  </message>
  <message>
   <source>The search was stopped.</source>
   <translation>Die Suche wurde abgebrochen.</translation>
  </message>
  <message>
   <source>Not explained</source>
   <translation>Nicht erklärt</translation>
  </message>
  <message>
   <source>row {row}, column {column}</source>
   <translation>Zeile {row}, Spalte {column}</translation>
  </message>
  <message>
   <source>Best so far: explains every demonstration.</source>
   <translation>Bisher bestes: erklärt jedes Beispiel.</translation>
  </message>
  <message>
   <source>It answers every test correctly.</source>
   <translation>Es beantwortet jeden Test richtig.</translation>
  </message>
  <message>
   <source>A test is still answered wrongly, so the rule it found is not the one that was meant.</source>
   <translation>Ein Test wird dennoch falsch beantwortet; die gefundene Regel ist also nicht die gemeinte.</translation>
  </message>
  <message>
   <source>Opened, or changed by hand.</source>
   <translation>Geöffnet oder von Hand geändert.</translation>
  </message>
  <message>
   <source>demonstration {n}, after step {at}: {wrong}</source>
   <translation>Beispiel {n}, nach Schritt {at}: {wrong}</translation>
  </message>
  <message>
   <source>Wrong cells by demonstration and step</source>
   <translation>Falsche Zellen nach Beispiel und Schritt</translation>
  </message>
  <message>
   <source>No film yet: it begins with gradient refinement, which comes after the other stages.</source>
   <translation>Noch kein Film: Er beginnt mit der Gradienten-Verfeinerung, die nach den anderen Stufen kommt.</translation>
  </message>
  <message>
   <source>This search took no step of gradient refinement: it ended before, or its engine has none. Refine a program of learned words (Ctrl+Shift+R) to see one.</source>
   <translation>Diese Suche tat keinen Schritt der Gradienten-Verfeinerung: Sie war vorher zu Ende, oder ihr Verfahren hat keine. Wer ein Programm aus gelernten Wörtern verfeinert (Strg+Umschalt+R), sieht einen.</translation>
  </message>
  <message>
   <source>Press Solve: the starts of gradient refinement appear here, and how they change.</source>
   <translation>Auf „Lösen“ drücken: Hier stehen dann die Startpunkte der Gradienten-Verfeinerung und wie sie sich ändern.</translation>
  </message>
  <message>
   <source>{starts}, on demonstration {pair}</source>
   <translation>{starts}, an Beispiel {pair}</translation>
  </message>
  <message>
   <source>Starts</source>
   <translation>Startpunkte</translation>
  </message>
  <message>
   <source>First moment</source>
   <translation>Erster Augenblick</translation>
  </message>
  <message>
   <source>Play the film</source>
   <translation>Film abspielen</translation>
  </message>
  <message>
   <source>Last moment; follow the search</source>
   <translation>Letzter Augenblick; der Suche folgen</translation>
  </message>
  <message>
   <source>Moment of the film</source>
   <translation>Augenblick des Films</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep this start at this moment, to refine from it later</source>
   <translation>Diesen Startpunkt in diesem Augenblick behalten, um später von ihm aus zu verfeinern</translation>
  </message>
  <message>
   <source>Moments kept</source>
   <translation>Behaltene Augenblicke</translation>
  </message>
  <message>
   <source>Refine from here</source>
   <translation>Von hier verfeinern</translation>
  </message>
  <message>
   <source>{n} start</source>
   <translation>{n} Startpunkt</translation>
  </message>
  <message>
   <source>{n} starts</source>
   <translation>{n} Startpunkte</translation>
  </message>
  <message>
   <source>{shown} of {starts}</source>
   <translation>{shown} von {starts}</translation>
  </message>
  <message>
   <source>words of start {n}</source>
   <translation>Wörter von Startpunkt {n}</translation>
  </message>
  <message>
   <source>{at} s, round {round}, step {step}, temperature {temperature}</source>
   <translation>{at} s, Runde {round}, Schritt {step}, Temperatur {temperature}</translation>
  </message>
  <message>
   <source>start {n}, loss {loss}</source>
   <translation>Startpunkt {n}, Verlust {loss}</translation>
  </message>
  <message>
   <source>Begin gradient refinement at the likeliest words of this start; a running search ends</source>
   <translation>Gradienten-Verfeinerung bei den wahrscheinlichsten Wörtern dieses Startpunkts beginnen; eine laufende Suche endet</translation>
  </message>
  <message>
   <source>Refinement needs learned words alone, and at least one</source>
   <translation>Verfeinern lassen sich nur gelernte Wörter, und mindestens eines</translation>
  </message>
  <message>
   <source>{start}, the lowest</source>
   <translation>{start}, der niedrigste</translation>
  </message>
  <message>
   <source>Solved or not</source>
   <translation>Gelöst oder nicht</translation>
  </message>
  <message>
   <source>Solved by me</source>
   <translation>Von mir gelöst</translation>
  </message>
  <message>
   <source>Solved by Glossa</source>
   <translation>Von Glossa gelöst</translation>
  </message>
  <message>
   <source>Unsolved</source>
   <translation>Ungelöst</translation>
  </message>
  <message>
   <source>Any size</source>
   <translation>Jede Größe</translation>
  </message>
  <message>
   <source>Up to 5 × 5</source>
   <translation>Bis 5 × 5</translation>
  </message>
  <message>
   <source>Up to 10 × 10</source>
   <translation>Bis 10 × 10</translation>
  </message>
  <message>
   <source>Up to 15 × 15</source>
   <translation>Bis 15 × 15</translation>
  </message>
  <message>
   <source>Up to 20 × 20</source>
   <translation>Bis 20 × 20</translation>
  </message>
  <message>
   <source>Larger than 20</source>
   <translation>Größer als 20</translation>
  </message>
  <message>
   <source>Any number of colours</source>
   <translation>Beliebig viele Farben</translation>
  </message>
  <message>
   <source>Up to 2 colours</source>
   <translation>Bis zu 2 Farben</translation>
  </message>
  <message>
   <source>3 colours</source>
   <translation>3 Farben</translation>
  </message>
  <message>
   <source>4 colours</source>
   <translation>4 Farben</translation>
  </message>
  <message>
   <source>5 or 6 colours</source>
   <translation>5 oder 6 Farben</translation>
  </message>
  <message>
   <source>7 colours and more</source>
   <translation>7 Farben und mehr</translation>
  </message>
  <message>
   <source>Filter by who solved it</source>
   <translation>Nach Löser filtern</translation>
  </message>
  <message>
   <source>Filter by size</source>
   <translation>Nach Größe filtern</translation>
  </message>
  <message>
   <source>Filter by number of colours</source>
   <translation>Nach Zahl der Farben filtern</translation>
  </message>
  <message>
   <source>draw</source>
   <translation>zeichnen</translation>
  </message>
  <message>
   <source>draw a line</source>
   <translation>Linie zeichnen</translation>
  </message>
  <message>
   <source>draw a rectangle</source>
   <translation>Rechteck zeichnen</translation>
  </message>
  <message>
   <source>move</source>
   <translation>verschieben</translation>
  </message>
  <message>
   <source>fill</source>
   <translation>füllen</translation>
  </message>
  <message>
   <source>row {row}, column {column}, {colour}</source>
   <translation>Zeile {row}, Spalte {column}, {colour}</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>geändert</translation>
  </message>
  <message>
   <source>{what}, {rows} by {columns} cells</source>
   <translation>{what}, {rows} mal {columns} Zellen</translation>
  </message>
  <message>
   <source>Copy this grid</source>
   <translation>Dieses Gitter kopieren</translation>
  </message>
  <message>
   <source>, {n} wrong</source>
   <translation>, {n} falsch</translation>
  </message>
  <message>
   <source>no cell</source>
   <translation>keine Zelle</translation>
  </message>
  <message>
   <source>wrong</source>
   <translation>falsch</translation>
  </message>
  <message>
   <source>marked</source>
   <translation>markiert</translation>
  </message>
  <message>
   <source>{what}, nothing yet</source>
   <translation>{what}, noch nichts</translation>
  </message>
  <message>
   <source>Search the help</source>
   <translation>Hilfe durchsuchen</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>The help has nothing with these words.</source>
   <translation>Die Hilfe hat nichts mit diesen Wörtern.</translation>
  </message>
  <message>
   <source>step {at}: loss {loss}</source>
   <translation>Schritt {at}: Verlust {loss}</translation>
  </message>
  <message>
   <source>log</source>
   <translation>log</translation>
  </message>
  <message>
   <source>Logarithmic scale</source>
   <translation>Logarithmische Skala</translation>
  </message>
  <message>
   <source>the loss appears here</source>
   <translation>hier erscheint der Verlust</translation>
  </message>
  <message>
   <source>loss {loss}</source>
   <translation>Verlust {loss}</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>noch nichts</translation>
  </message>
  <message>
   <source>Loss curve, now {loss}</source>
   <translation>Verlustkurve, jetzt {loss}</translation>
  </message>
  <message>
   <source>Programs that explained a puzzle. A search tries those of similar puzzles first.</source>
   <translation>Programme, die ein Puzzle erklärt haben. Eine Suche probiert zuerst die ähnlicher Puzzles.</translation>
  </message>
  <message>
   <source>None yet. A program is remembered once a search finds one that explains every demonstration.</source>
   <translation>Noch keine. Ein Programm wird gemerkt, sobald eine Suche eines findet, das jedes Beispiel erklärt.</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Umbenennen …</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Oben</translation>
  </message>
  <message>
   <source>PgUp</source>
   <translation>Bild auf</translation>
  </message>
  <message>
   <source>Right</source>
   <translation>Rechts</translation>
  </message>
  <message>
   <source>PgDown</source>
   <translation>Bild ab</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>Unten</translation>
  </message>
  <message>
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>Links</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Pos1</translation>
  </message>
  <message>
   <source>Push</source>
   <translation>Schieben</translation>
  </message>
  <message>
   <source>Write the hand's colour (Space)</source>
   <translation>Handfarbe schreiben (Leertaste)</translation>
  </message>
  <message>
   <source>Write the hand's colour</source>
   <translation>Handfarbe schreiben</translation>
  </message>
  <message>
   <source>The four arrows push the piece under the eye (Ctrl and an arrow key)</source>
   <translation>Die vier Pfeile schieben das Stück unter dem Auge (Strg und eine Pfeiltaste)</translation>
  </message>
  <message>
   <source>Procedure to call</source>
   <translation>Prozedur für den Aufruf</translation>
  </message>
  <message>
   <source>Direction of the call</source>
   <translation>Richtung des Aufrufs</translation>
  </message>
  <message>
   <source>Do what this procedure does from here</source>
   <translation>Tun, was diese Prozedur von hier aus tut</translation>
  </message>
  <message>
   <source>Move the {pointer} (P changes)</source>
   <translation>{pointer} bewegen (P wechselt)</translation>
  </message>
  <message>
   <source>Keys: arrows, Space writes, P other pointer, Ctrl+Z takes back</source>
   <translation>Tasten: Pfeile, Leertaste schreibt, P wechselt, Strg+Z nimmt zurück</translation>
  </message>
  <message>
   <source>Name steps as a word</source>
   <translation>Schritte als Wort benennen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>First step</source>
   <translation>Erster Schritt</translation>
  </message>
  <message>
   <source>Last step</source>
   <translation>Letzter Schritt</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
  <message>
   <source>There is a word of this name already.</source>
   <translation>Ein Wort dieses Namens gibt es schon.</translation>
  </message>
  <message>
   <source>It takes the place of the word you gave this name before.</source>
   <translation>Es ersetzt das Wort, dem Sie diesen Namen zuvor gaben.</translation>
  </message>
  <message>
   <source>Only words of exact steps are used by the search; this one is for you.</source>
   <translation>Die Suche verwendet nur Wörter aus exakten Schritten; dieses ist für Sie.</translation>
  </message>
  <message>
   <source>made of {names}</source>
   <translation>gemacht aus {names}</translation>
  </message>
  <message>
   <source>The colour that the hand writes (Ctrl and a digit)</source>
   <translation>Die Farbe, die die Hand schreibt (Strg und eine Ziffer)</translation>
  </message>
  <message>
   <source>What a click puts into a cell (a digit takes a colour)</source>
   <translation>Was ein Klick in eine Zelle setzt (eine Ziffer wählt die Farbe)</translation>
  </message>
  <message>
   <source>Take the example</source>
   <translation>Beispiel übernehmen</translation>
  </message>
  <message>
   <source>The pad that the list of procedures shows</source>
   <translation>Das Feld, das bei den Prozeduren zu sehen ist</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Spalten</translation>
  </message>
  <message>
   <source>Hand</source>
   <translation>Hand</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>Pinsel</translation>
  </message>
  <message>
   <source>Pad</source>
   <translation>Feld</translation>
  </message>
  <message>
   <source>{pointer} at row {row}, column {column}</source>
   <translation>{pointer} in Zeile {row}, Spalte {column}</translation>
  </message>
  <message>
   <source>{first}–{last} of {count}</source>
   <translation>{first}–{last} von {count}</translation>
  </message>
  <message>
   <source>First</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Earlier</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Last</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Learned and exact words</source>
   <translation>Gelernte und exakte Wörter</translation>
  </message>
  <message>
   <source>Learned words</source>
   <translation>Gelernte Wörter</translation>
  </message>
  <message>
   <source>Learned procedures</source>
   <translation>Gelernte Prozeduren</translation>
  </message>
  <message>
   <source>In-context (comparison)</source>
   <translation>Im Kontext (Vergleich)</translation>
  </message>
  <message>
   <source>Test-time training (comparison)</source>
   <translation>Training zur Testzeit (Vergleich)</translation>
  </message>
  <message>
   <source>Latent program (comparison)</source>
   <translation>Latentes Programm (Vergleich)</translation>
  </message>
  <message>
   <source>Another seed starts the gradient search elsewhere</source>
   <translation>Ein anderer Startwert lässt die Gradientensuche anderswo beginnen</translation>
  </message>
  <message>
   <source>Learned words only</source>
   <translation>Nur gelernte Wörter</translation>
  </message>
  <message>
   <source>Leave out the exact words that people wrote</source>
   <translation>Die von Menschen geschriebenen exakten Wörter weglassen</translation>
  </message>
  <message>
   <source>Auto takes {device} here: {why}</source>
   <translation>Auto nimmt hier {device}: {why}</translation>
  </message>
  <message>
   <source>Id</source>
   <translation>Kennung</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>Beschriftung</translation>
  </message>
  <message>
   <source>Expected</source>
   <translation>Erwartetes</translation>
  </message>
  <message>
   <source>The expected outputs; in a puzzle alone, those of the tests</source>
   <translation>Die erwarteten Ausgaben; bei einem Puzzle allein die der Tests</translation>
  </message>
  <message>
   <source>Cell colours</source>
   <translation>Zellfarben</translation>
  </message>
  <message>
   <source>Pixels of a cell</source>
   <translation>Pixel je Zelle</translation>
  </message>
  <message>
   <source>fits</source>
   <translation>passend</translation>
  </message>
  <message>
   <source>Pixels of a cell a side; 0 for as large as fits</source>
   <translation>Pixel je Zellenseite; 0 für so groß, wie es passt</translation>
  </message>
  <message>
   <source>Cell</source>
   <translation>Zelle</translation>
  </message>
  <message>
   <source>First state</source>
   <translation>Erster Zustand</translation>
  </message>
  <message>
   <source>Step back</source>
   <translation>Schritt zurück</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Last state</source>
   <translation>Letzter Zustand</translation>
  </message>
  <message>
   <source>Into</source>
   <translation>Hinein</translation>
  </message>
  <message>
   <source>Step into</source>
   <translation>Schritt hinein</translation>
  </message>
  <message>
   <source>Over</source>
   <translation>Darüber</translation>
  </message>
  <message>
   <source>Step over the next call</source>
   <translation>Den nächsten Aufruf überspringen</translation>
  </message>
  <message>
   <source>Out</source>
   <translation>Heraus</translation>
  </message>
  <message>
   <source>Step out of the call</source>
   <translation>Aus dem Aufruf heraus</translation>
  </message>
  <message>
   <source>Speed of playing</source>
   <translation>Abspielgeschwindigkeit</translation>
  </message>
  <message>
   <source>step {at} of {count}</source>
   <translation>Schritt {at} von {count}</translation>
  </message>
  <message>
   <source>Export the run</source>
   <translation>Den Lauf exportieren</translation>
  </message>
  <message>
   <source>Go to the first wrong step</source>
   <translation>Zum ersten falschen Schritt</translation>
  </message>
  <message>
   <source>Calls</source>
   <translation>Aufrufe</translation>
  </message>
  <message>
   <source>Program memory</source>
   <translation>Programmspeicher</translation>
  </message>
  <message>
   <source>The run as an animation (GIF)…</source>
   <translation>Der Lauf als Animation (GIF) …</translation>
  </message>
  <message>
   <source>The pad as a picture (PNG)…</source>
   <translation>Das Feld als Bild (PNG) …</translation>
  </message>
  <message>
   <source>The call tree (JSON)…</source>
   <translation>Der Aufrufbaum (JSON) …</translation>
  </message>
  <message>
   <source>Call tree (*.json)</source>
   <translation>Aufrufbaum (*.json)</translation>
  </message>
  <message>
   <source>A step's key is compared with every row's; the best match is called, and its value tells the core what it runs. Callers are those of the true procedures. Rows added later are called by such rows alone.</source>
   <translation>Der Schlüssel eines Schritts wird mit dem jeder Zeile verglichen; die ähnlichste wird aufgerufen, und ihr Wert sagt dem Kern, was er ausführt. Aufrufer sind die der wahren Prozeduren. Später ergänzte Zeilen werden nur von ebensolchen aufgerufen.</translation>
  </message>
  <message>
   <source>Row</source>
   <translation>Zeile</translation>
  </message>
  <message>
   <source>Called by</source>
   <translation>Aufgerufen von</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>Added</source>
   <translation>Ergänzt</translation>
  </message>
  <message>
   <source>{n} number</source>
   <translation>{n} Zahl</translation>
  </message>
  <message>
   <source>{n} numbers</source>
   <translation>{n} Zahlen</translation>
  </message>
  <message>
   <source>key of {n} numbers, value of {value}</source>
   <translation>Schlüssel aus {n} Zahlen, Wert aus: {value}</translation>
  </message>
  <message>
   <source>{program} calls {others}</source>
   <translation>{program} ruft {others} auf</translation>
  </message>
  <message>
   <source>later</source>
   <translation>später</translation>
  </message>
  <message>
   <source>A program appears here once one is found: each step is a word, and each word makes a grid.</source>
   <translation>Hier erscheint ein Programm, sobald eines gefunden ist: Jeder Schritt ist ein Wort, und jedes Wort macht ein Gitter.</translation>
  </message>
  <message>
   <source>playing stops here</source>
   <translation>das Abspielen bleibt hier stehen</translation>
  </message>
  <message>
   <source>One step back</source>
   <translation>Ein Schritt zurück</translation>
  </message>
  <message>
   <source>One step on</source>
   <translation>Ein Schritt weiter</translation>
  </message>
  <message>
   <source>Play again and again</source>
   <translation>Immer wieder abspielen</translation>
  </message>
  <message>
   <source>step {at}: {word}</source>
   <translation>Schritt {at}: {word}</translation>
  </message>
  <message>
   <source>A word coined for this puzzle; only this program knows it.</source>
   <translation>Ein für dieses Puzzle geprägtes Wort; nur dieses Programm kennt es.</translation>
  </message>
  <message>
   <source>{step}, coined for this puzzle</source>
   <translation>{step}, für dieses Puzzle geprägt</translation>
  </message>
  <message>
   <source>Change an argument</source>
   <translation>Argument ändern</translation>
  </message>
  <message>
   <source>solved by you</source>
   <translation>von Ihnen gelöst</translation>
  </message>
  <message>
   <source>solved by Glossa</source>
   <translation>von Glossa gelöst</translation>
  </message>
  <message>
   <source>Report on {name}</source>
   <translation>Bericht über {name}</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>puzzles solved</source>
   <translation>gelöste Puzzles</translation>
  </message>
  <message>
   <source>cells of the largest grid</source>
   <translation>Zellen des größten Gitters</translation>
  </message>
  <message>
   <source>Compare with…</source>
   <translation>Vergleichen mit …</translation>
  </message>
  <message>
   <source>Another run's results, as written by Save results</source>
   <translation>Ergebnisse eines anderen Laufs, wie „Ergebnisse speichern“ sie schreibt</translation>
  </message>
  <message>
   <source>Save results…</source>
   <translation>Ergebnisse speichern …</translation>
  </message>
  <message>
   <source>Save CSV…</source>
   <translation>CSV speichern …</translation>
  </message>
  <message>
   <source>Save report…</source>
   <translation>Bericht speichern …</translation>
  </message>
  <message>
   <source>Beside {name}: both solved {both}, neither {neither}.</source>
   <translation>Neben {name}: beide lösten {both}, keiner {neither}.</translation>
  </message>
  <message>
   <source>Only this run ({n}): {ids}</source>
   <translation>Nur dieser Lauf ({n}): {ids}</translation>
  </message>
  <message>
   <source>Only the other ({n}): {ids}</source>
   <translation>Nur der andere ({n}): {ids}</translation>
  </message>
  <message>
   <source>Save results</source>
   <translation>Ergebnisse speichern</translation>
  </message>
  <message>
   <source>Save CSV</source>
   <translation>CSV speichern</translation>
  </message>
  <message>
   <source>Save report</source>
   <translation>Bericht speichern</translation>
  </message>
  <message>
   <source>Solved within</source>
   <translation>Gelöst innerhalb von</translation>
  </message>
  <message>
   <source>Size and time</source>
   <translation>Größe und Zeit</translation>
  </message>
  <message>
   <source>{pair} input</source>
   <translation>{pair}, Eingabe</translation>
  </message>
  <message>
   <source>{pair} state</source>
   <translation>{pair}, Zustand</translation>
  </message>
  <message>
   <source>{pair} expected output</source>
   <translation>{pair}, erwartete Ausgabe</translation>
  </message>
  <message>
   <source>Go to the first step at which something right becomes wrong</source>
   <translation>Zum ersten Schritt gehen, bei dem etwas Richtiges falsch wird</translation>
  </message>
  <message>
   <source>Click a cell to go to the last step that changed it</source>
   <translation>Eine Zelle anklicken, um zu dem Schritt zu gehen, der sie zuletzt geändert hat</translation>
  </message>
  <message>
   <source>✓ correct</source>
   <translation>✓ richtig</translation>
  </message>
  <message>
   <source>Change {pair}</source>
   <translation>{pair} ändern</translation>
  </message>
  <message>
   <source>Click to draw your answer</source>
   <translation>Klicken, um Ihre Antwort zu zeichnen</translation>
  </message>
  <message>
   <source>nothing to compare with</source>
   <translation>nichts zum Vergleichen</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>Verdoppeln</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>✗ not correct</source>
   <translation>✗ nicht richtig</translation>
  </message>
  <message>
   <source>since step {at}</source>
   <translation>seit Schritt {at}</translation>
  </message>
  <message>
   <source>wrong from step {at}</source>
   <translation>falsch ab Schritt {at}</translation>
  </message>
  <message>
   <source>Nothing on the list of collections has the ids of this submission. Choose a file of solutions, or open the folder or file with its tasks first.</source>
   <translation>Keine Sammlung auf der Liste hat die Kennungen dieser Abgabe. Wählen Sie eine Lösungsdatei, oder öffnen Sie zuerst den Ordner oder die Datei mit den Aufgaben.</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>Attempt 1</source>
   <translation>Versuch 1</translation>
  </message>
  <message>
   <source>Within 2</source>
   <translation>In zwei</translation>
  </message>
  <message>
   <source>✓ at attempt 2</source>
   <translation>✓ im zweiten Versuch</translation>
  </message>
  <message>
   <source>✗ some tests</source>
   <translation>✗ nur zum Teil</translation>
  </message>
  <message>
   <source>✗ wrong</source>
   <translation>✗ falsch</translation>
  </message>
  <message>
   <source>✗ number of tests</source>
   <translation>✗ Zahl der Tests</translation>
  </message>
  <message>
   <source>– missing</source>
   <translation>– fehlt</translation>
  </message>
  <message>
   <source>+ no answer known</source>
   <translation>+ Antwort unbekannt</translation>
  </message>
  <message>
   <source>{n} missing</source>
   <translation>{n} fehlen</translation>
  </message>
  <message>
   <source>{n} without known answers</source>
   <translation>{n} ohne bekannte Antworten</translation>
  </message>
  <message>
   <source>{n} with another number of tests</source>
   <translation>{n} mit einer anderen Zahl von Tests</translation>
  </message>
  <message>
   <source>{second} within two attempts, {first} at the first</source>
   <translation>{second} in zwei Versuchen, {first} im ersten</translation>
  </message>
  <message>
   <source>{second} of {count} tasks with every test right, {first} of them at the first attempt</source>
   <translation>{second} von {count} Aufgaben mit allen Tests richtig, {first} davon im ersten Versuch</translation>
  </message>
  <message>
   <source>Score of {file}</source>
   <translation>Bewertung von {file}</translation>
  </message>
  <message>
   <source>Answers to score against</source>
   <translation>Lösungen, nach denen bewertet wird</translation>
  </message>
  <message>
   <source>Solutions file…</source>
   <translation>Lösungsdatei …</translation>
  </message>
  <message>
   <source>Score against a file of solutions</source>
   <translation>Nach einer Lösungsdatei bewerten</translation>
  </message>
  <message>
   <source>Only wrong ones</source>
   <translation>Nur falsche</translation>
  </message>
  <message>
   <source>Write as CSV…</source>
   <translation>Als CSV schreiben …</translation>
  </message>
  <message>
   <source>Open the puzzle</source>
   <translation>Puzzle öffnen</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>{title} ({has} of its ids)</source>
   <translation>{title} ({has} ihrer Kennungen)</translation>
  </message>
  <message>
   <source>Scored against</source>
   <translation>Bewertet nach</translation>
  </message>
  <message>
   <source>{n} task</source>
   <translation>{n} Aufgabe</translation>
  </message>
  <message>
   <source>{n} tasks</source>
   <translation>{n} Aufgaben</translation>
  </message>
  <message>
   <source>Every task is right.</source>
   <translation>Alle Aufgaben sind richtig.</translation>
  </message>
  <message>
   <source>This cannot be scored against</source>
   <translation>Danach lässt sich nicht bewerten</translation>
  </message>
  <message>
   <source>{words}, {stage}</source>
   <translation>{words}, {stage}</translation>
  </message>
  <message>
   <source>pieces</source>
   <translation>Teile</translation>
  </message>
  <message>
   <source>Tree of tried states</source>
   <translation>Baum der versuchten Zustände</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Wrong</source>
   <translation>Falsch</translation>
  </message>
  <message>
   <source>Met</source>
   <translation>Erreicht</translation>
  </message>
  <message>
   <source>Press Solve: who searches, how fast, and the states nearest to the outputs appear here.</source>
   <translation>Auf „Lösen“ drücken: Hier steht dann, wer sucht, wie schnell, und welche Zustände den Ausgaben am nächsten sind.</translation>
  </message>
  <message>
   <source>Stage</source>
   <translation>Stufe</translation>
  </message>
  <message>
   <source>Process</source>
   <translation>Prozess</translation>
  </message>
  <message>
   <source>States</source>
   <translation>Zustände</translation>
  </message>
  <message>
   <source>A second</source>
   <translation>Je Sekunde</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>{n} state looked at</source>
   <translation>{n} Zustand angesehen</translation>
  </message>
  <message>
   <source>{n} states looked at</source>
   <translation>{n} Zustände angesehen</translation>
  </message>
  <message>
   <source>Glossa</source>
   <translation>Glossa</translation>
  </message>
  <message>
   <source>{states}, {rate} a second</source>
   <translation>{states}, {rate} je Sekunde</translation>
  </message>
  <message>
   <source>Who does what</source>
   <translation>Wer was tut</translation>
  </message>
  <message>
   <source>Nearest states as they came</source>
   <translation>Nächste Zustände, wie sie kamen</translation>
  </message>
  <message>
   <source>nearest states as they came</source>
   <translation>nächste Zustände, wie sie kamen</translation>
  </message>
  <message>
   <source>Open on the board</source>
   <translation>Auf dem Brett öffnen</translation>
  </message>
  <message>
   <source>Run the steps up to this state on every grid (Return)</source>
   <translation>Die Schritte bis zu diesem Zustand auf jedes Gitter anwenden (Eingabetaste)</translation>
  </message>
  <message>
   <source>Opens when the search has ended</source>
   <translation>Öffnet sich, wenn die Suche zu Ende ist</translation>
  </message>
  <message>
   <source>Choose a state to see what it makes of the first demonstration.</source>
   <translation>Einen Zustand wählen, um zu sehen, was er aus dem ersten Beispiel macht.</translation>
  </message>
  <message>
   <source>{words}: pieces, no grid</source>
   <translation>{words}: Teile, kein Gitter</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Sample</source>
   <translation>Muster</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Thema</translation>
  </message>
  <message>
   <source>Write into cells</source>
   <translation>In Zellen schreiben</translation>
  </message>
  <message>
   <source>Number rows and columns</source>
   <translation>Zeilen und Spalten nummerieren</translation>
  </message>
  <message>
   <source>Offer all drawing tools</source>
   <translation>Alle Zeichenwerkzeuge anbieten</translation>
  </message>
  <message>
   <source>Remember programs found</source>
   <translation>Gefundene Programme merken</translation>
  </message>
  <message>
   <source>Keep programs that explain a puzzle; later searches try them on similar ones</source>
   <translation>Programme behalten, die ein Puzzle erklären; spätere Suchen probieren sie an ähnlichen</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Another language is spoken from the next start on.</source>
   <translation>Eine andere Sprache wird vom nächsten Start an gesprochen.</translation>
  </message>
  <message>
   <source>Preview of the first page</source>
   <translation>Vorschau der ersten Seite</translation>
  </message>
  <message>
   <source>{word}; {n} parts can be changed</source>
   <translation>{word}; {n} Teile lassen sich ändern</translation>
  </message>
  <message>
   <source>Quick</source>
   <translation>Kurz</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>Deep</source>
   <translation>Gründlich</translation>
  </message>
  <message>
   <source>{effort}, up to {seconds} s</source>
   <translation>{effort}, bis {seconds} s</translation>
  </message>
  <message>
   <source>{elapsed}, at most {left} s more</source>
   <translation>{elapsed}, höchstens noch {left} s</translation>
  </message>
  <message>
   <source>Effort</source>
   <translation>Aufwand</translation>
  </message>
  <message>
   <source>Parameters</source>
   <translation>Parameter</translation>
  </message>
  <message>
   <source>Engine, device, seed and words</source>
   <translation>Verfahren, Gerät, Startwert und Wörter</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>What the last search did</source>
   <translation>Was die letzte Suche getan hat</translation>
  </message>
  <message>
   <source>Solve a whole collection in the background</source>
   <translation>Eine ganze Sammlung im Hintergrund lösen</translation>
  </message>
  <message>
   <source>Hold the search and its clock (Ctrl+P)</source>
   <translation>Die Suche und ihre Uhr anhalten (Strg+P)</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Go on from what was found, with twice the time the last search took or more (F5)</source>
   <translation>Von dem Gefundenen aus weitersuchen, mit mindestens der doppelten Zeit der letzten Suche (F5)</translation>
  </message>
  <message>
   <source>Search for a program (Ctrl+Return), or cancel (Escape)</source>
   <translation>Ein Programm suchen (Strg+Eingabe) oder abbrechen (Esc)</translation>
  </message>
  <message>
   <source>Programs found</source>
   <translation>Gefundene Programme</translation>
  </message>
  <message>
   <source>programs</source>
   <translation>Programme</translation>
  </message>
  <message>
   <source>Compare…</source>
   <translation>Vergleichen …</translation>
  </message>
  <message>
   <source>Two programs step by step (Ctrl+Shift+D)</source>
   <translation>Zwei Programme Schritt für Schritt (Strg+Umschalt+D)</translation>
  </message>
  <message>
   <source>, loss {loss}</source>
   <translation>, Verlust {loss}</translation>
  </message>
  <message>
   <source>Compare with</source>
   <translation>Vergleichen mit</translation>
  </message>
  <message>
   <source>Log of the search</source>
   <translation>Protokoll der Suche</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Solve again</source>
   <translation>Erneut lösen</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>beginnt</translation>
  </message>
  <message>
   <source>found by {origin}</source>
   <translation>gefunden von {origin}</translation>
  </message>
  <message>
   <source>1st argument</source>
   <translation>1. Argument</translation>
  </message>
  <message>
   <source>2nd argument</source>
   <translation>2. Argument</translation>
  </message>
  <message>
   <source>3rd argument</source>
   <translation>3. Argument</translation>
  </message>
  <message>
   <source>pointer</source>
   <translation>Zeiger</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Returns</source>
   <translation>Kehrt zurück</translation>
  </message>
  <message>
   <source>Key matches</source>
   <translation>Passende Schlüssel</translation>
  </message>
  <message>
   <source>Arguments</source>
   <translation>Argumente</translation>
  </message>
  <message>
   <source>Saw</source>
   <translation>Sah</translation>
  </message>
  <message>
   <source>What the network said is shown once the run has ended.</source>
   <translation>Was das Netz sagte, steht hier, sobald der Lauf zu Ende ist.</translation>
  </message>
  <message>
   <source>The true procedure does here: {what}</source>
   <translation>Die wahre Prozedur tut hier: {what}</translation>
  </message>
  <message>
   <source>Step into the run to see what the network sees and says.</source>
   <translation>Gehe in den Lauf hinein, um zu sehen, was das Netz sieht und sagt.</translation>
  </message>
  <message>
   <source>return now</source>
   <translation>jetzt zurück</translation>
  </message>
  <message>
   <source>Teach a procedure</source>
   <translation>Eine Prozedur lehren</translation>
  </message>
  <message>
   <source>Recording</source>
   <translation>Aufzeichnung</translation>
  </message>
  <message>
   <source>Name of the procedure</source>
   <translation>Name der Prozedur</translation>
  </message>
  <message>
   <source>Delete this recording</source>
   <translation>Diese Aufzeichnung löschen</translation>
  </message>
  <message>
   <source>Demonstrations</source>
   <translation>Vorführungen</translation>
  </message>
  <message>
   <source>Prepare another demonstration</source>
   <translation>Eine weitere Vorführung vorbereiten</translation>
  </message>
  <message>
   <source>Remove this demonstration</source>
   <translation>Diese Vorführung entfernen</translation>
  </message>
  <message>
   <source>Record what is done on this pad (F5)</source>
   <translation>Aufzeichnen, was auf diesem Feld geschieht (F5)</translation>
  </message>
  <message>
   <source>End this demonstration (Ctrl+Return)</source>
   <translation>Diese Vorführung beenden (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Take back the last move or call (Ctrl+Z)</source>
   <translation>Den letzten Zug oder Aufruf zurücknehmen (Strg+Z)</translation>
  </message>
  <message>
   <source>Recorded moves</source>
   <translation>Aufgezeichnete Züge</translation>
  </message>
  <message>
   <source>Learning</source>
   <translation>Lernen</translation>
  </message>
  <message>
   <source>Add a pad</source>
   <translation>Neues Feld</translation>
  </message>
  <message>
   <source>Procedure</source>
   <translation>Prozedur</translation>
  </message>
  <message>
   <source>Recorded</source>
   <translation>Aufgezeichnet</translation>
  </message>
  <message>
   <source>New procedure</source>
   <translation>Neue Prozedur</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Aufzeichnen</translation>
  </message>
  <message>
   <source>Run it</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>Learn from one</source>
   <translation>Aus einer lernen</translation>
  </message>
  <message>
   <source>Learn</source>
   <translation>Lernen</translation>
  </message>
  <message>
   <source>{at} s, {stage}: loss {loss}</source>
   <translation>{at} s, {stage}: Verlust {loss}</translation>
  </message>
  <message>
   <source>Loss against time</source>
   <translation>Verlust über der Zeit</translation>
  </message>
  <message>
   <source>Loss against time, {now}</source>
   <translation>Verlust über der Zeit, {now}</translation>
  </message>
  <message>
   <source>{at} s, {stage}</source>
   <translation>{at} s, {stage}</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Überspringen</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
  <message>
   <source>Tour: {title}</source>
   <translation>Rundgang: {title}</translation>
  </message>
  <message>
   <source>Draw what the grids are to be at this place. Untick a demonstration for which you do not know it; a grid left as it is counts as it is.</source>
   <translation>Zeichnen Sie, was die Gitter an dieser Stelle sein sollen. Nehmen Sie den Haken bei Beispielen weg, für die Sie es nicht wissen; ein Gitter, das bleibt, zählt so, wie es ist.</translation>
  </message>
  <message>
   <source>Wanted after step {at}</source>
   <translation>Gewünscht nach Schritt {at}</translation>
  </message>
  <message>
   <source>Wanted after the first steps</source>
   <translation>Gewünscht nach den ersten Schritten</translation>
  </message>
  <message>
   <source>wanted</source>
   <translation>gewünscht</translation>
  </message>
  <message>
   <source>{pair} counts</source>
   <translation>{pair} zählt</translation>
  </message>
  <message>
   <source>{pair} wanted</source>
   <translation>{pair} gewünscht</translation>
  </message>
  <message>
   <source>Steps before</source>
   <translation>Schritte davor</translation>
  </message>
  <message>
   <source>Search steps that lead to these grids; later steps stay</source>
   <translation>Schritte suchen, die zu diesen Gittern führen; spätere Schritte bleiben</translation>
  </message>
  <message>
   <source>Steps after</source>
   <translation>Schritte danach</translation>
  </message>
  <message>
   <source>Search steps that go on from these grids; earlier steps stay</source>
   <translation>Schritte suchen, die von diesen Gittern weiterführen; frühere Schritte bleiben</translation>
  </message>
  <message>
   <source>All steps</source>
   <translation>Alle Schritte</translation>
  </message>
  <message>
   <source>Search steps that lead to these grids, then steps that go on</source>
   <translation>Schritte suchen, die zu diesen Gittern führen, dann solche, die weiterführen</translation>
  </message>
  <message>
   <source>Choose a puzzle in the browser, drop a task file here, or draw one of your own.</source>
   <translation>Wählen Sie links ein Puzzle, legen Sie eine Aufgabendatei hier ab, oder zeichnen Sie ein eigenes.</translation>
  </message>
  <message>
   <source>opened lately</source>
   <translation>zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Nothing is open</source>
   <translation>Nichts ist geöffnet</translation>
  </message>
  <message>
   <source>Open a file…</source>
   <translation>Eine Datei öffnen …</translation>
  </message>
  <message>
   <source>New puzzle</source>
   <translation>Neues Puzzle</translation>
  </message>
  <message>
   <source>Surprise me</source>
   <translation>Überrasch mich</translation>
  </message>
  <message>
   <source>Puzzle of the day</source>
   <translation>Puzzle des Tages</translation>
  </message>
  <message>
   <source>first rules that pick what is marked in {n} input</source>
   <translation>zuerst Regeln, die wählen, was in {n} Eingabe markiert ist</translation>
  </message>
  <message>
   <source>first rules that pick what is marked in {n} inputs</source>
   <translation>zuerst Regeln, die wählen, was in {n} Eingaben markiert ist</translation>
  </message>
  <message>
   <source>No longer: {wish}</source>
   <translation>Nicht mehr: {wish}</translation>
  </message>
  <message>
   <source>without {word}</source>
   <translation>ohne {word}</translation>
  </message>
  <message>
   <source>with {word}</source>
   <translation>mit {word}</translation>
  </message>
  <message>
   <source>A learned word that resembles “{word}”: both agree on {share} % of the probe grids.</source>
   <translation>Ein gelerntes Wort, das „{word}“ gleicht: Auf {share} % der Probegitter stimmen beide überein.</translation>
  </message>
  <message>
   <source>Used in {n} saved program:</source>
   <translation>In {n} gespeicherten Programm verwendet:</translation>
  </message>
  <message>
   <source>Used in {n} saved programs:</source>
   <translation>In {n} gespeicherten Programmen verwendet:</translation>
  </message>
  <message>
   <source>In {n} program found for this puzzle</source>
   <translation>In {n} Programm, das für dieses Puzzle gefunden wurde</translation>
  </message>
  <message>
   <source>In {n} programs found for this puzzle</source>
   <translation>In {n} Programmen, die für dieses Puzzle gefunden wurden</translation>
  </message>
  <message>
   <source>Coined for this puzzle: {meaning}. Its program carries it.</source>
   <translation>Für dieses Puzzle geprägt: {meaning}. Sein Programm führt es mit.</translation>
  </message>
  <message>
   <source>Named by you: {steps}. Programs have its {n} step.</source>
   <translation>Von Ihnen benannt: {steps}. Programme enthalten seinen {n} Schritt.</translation>
  </message>
  <message>
   <source>Named by you: {steps}. Programs have its {n} steps.</source>
   <translation>Von Ihnen benannt: {steps}. Programme enthalten seine {n} Schritte.</translation>
  </message>
  <message>
   <source>A learned word that resembles no exact word.</source>
   <translation>Ein gelerntes Wort, das keinem exakten gleicht.</translation>
  </message>
  <message>
   <source>A learned word that resembles “{word}”.</source>
   <translation>Ein gelerntes Wort, das „{word}“ gleicht.</translation>
  </message>
  <message>
   <source>Used in no saved program yet.</source>
   <translation>Noch in keinem gespeicherten Programm verwendet.</translation>
  </message>
  <message>
   <source>An exact word: it does what its name says.</source>
   <translation>Ein exaktes Wort: Es tut, was sein Name sagt.</translation>
  </message>
  <message>
   <source>Show the best of them</source>
   <translation>Das beste davon zeigen</translation>
  </message>
  <message>
   <source>A word: type its letters, or write a rule; Tab completes</source>
   <translation>Ein Wort: Buchstaben tippen oder eine Regel schreiben; Tab vervollständigt</translation>
  </message>
  <message>
   <source>Words of the start</source>
   <translation>Wörter des Startpunkts</translation>
  </message>
  <message>
   <source>nothing (skip)</source>
   <translation>nichts (skip)</translation>
  </message>
  <message>
   <source>slot {n}: {word} {odds}</source>
   <translation>Platz {n}: {word} {odds}</translation>
  </message>
  <message>
   <source>named by you</source>
   <translation>von Ihnen benannt</translation>
  </message>
  <message>
   <source>coined for this puzzle</source>
   <translation>für dieses Puzzle geprägt</translation>
  </message>
  <message>
   <source>learned</source>
   <translation>gelernt</translation>
  </message>
  <message>
   <source>does nothing on these small grids</source>
   <translation>tut auf diesen kleinen Gittern nichts</translation>
  </message>
  <message>
   <source>Show the collection that is being solved</source>
   <translation>Die Sammlung zeigen, die gelöst wird</translation>
  </message>
  <message>
   <source>Browser</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <source>About Glossa</source>
   <translation>Über Glossa</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suche</translation>
  </message>
  <message>
   <source>Film</source>
   <translation>Film</translation>
  </message>
  <message>
   <source>“{word}” is in the dictionary, and searches use it.</source>
   <translation>„{word}“ steht im Wörterbuch, und Suchen verwenden es.</translation>
  </message>
 </context>
</TS>
