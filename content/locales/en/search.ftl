# Search.
search-title = Search
search-what = Name or number
search-hint = A name, part of one, an identifier or a case number such as 2026-0143. Accents and one typing slip a word are forgiven.
search-go = Search
search-caption = Cases found
search-none = Nothing found
search-none-tried-before = Looked for
search-none-tried = Tried: the words as they stand, beginnings of names, and names one slip away, without regard to accents, and case numbers. Only cases you work with are searched. Fewer letters or another spelling may help.
search-more = The { $count } closest are shown. One more word narrows them down.
