# The manual as a book: contents, handbook, search, sheets.
manual-manual = Manual
manual-read = Read the manual
manual-handbook = Facilitator's handbook
manual-language = Text in
manual-elsewhere = “{ $heading }” in { $language }
manual-search = Search the manual
manual-search-go = Search
manual-found-for = “{ $q }” in the manual
manual-found-in = { $language }: { $count ->
        [one] 1 place
       *[other] { $count } places
    }
manual-found-none = Nothing in the manual has these words.
manual-found-none-how = Try fewer or other words. Word forms and accents make no difference.
manual-print = To print
manual-print-how = Every page of the manual prints without menus: use your browser's print command.
manual-print-now = Print this page
manual-sheet = The participant's sheet
manual-sheets = Participant sheets
manual-sheets-all = All participant sheets
manual-sheets-of = Sheets: { $of }
manual-sheets-how = Each sheet prints on one A4 page. Choose A4 and no scaling.
manual-sheets-none = There is no sheet here.
manual-sheets-none-how = These sessions have no participant sheet.
manual-sheet-name = Name
manual-sheet-date = Date
manual-sheet-goals = My goals
manual-whole-module = The whole module on one page
manual-modules-neighbours = Modules before and after
manual-chapters-neighbours = Chapters before and after
manual-structure = Structure
manual-structure-go = Dose, targets, gates and measures
print-contents = Contents
