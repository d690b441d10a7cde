# The practitioners' library.
library-title = Library
library-intro = Public material and training for people who run these programmes: to read, watch and take part in at one's own pace.
library-words = Title or provider
library-topic = Topic
library-language = Language
library-level = Level
library-kind = Kind
library-filter = Show
library-clear = Show everything
library-count = { $count ->
        [one] 1 entry
       *[other] { $count } entries
    }
library-caption = Entries of the library
library-col-title = Title
library-provider = Provider
library-hours = Hours
library-unchecked = Unchecked since
library-none = Nothing fits these filters.
library-none-how = Take one of them away.
library-empty = The library is empty.
library-empty-how = Put a library.toml into the folder library of the content.
library-note = The addresses belong to others and may change. “Unchecked since” says the day since when nobody has looked whether an entry is still there and still free. Listing is no endorsement.
library-open = Library: material to learn from
library-level-introductory = introductory
library-level-intermediate = intermediate
library-level-advanced = advanced
library-kind-site = website
library-kind-training = course
library-kind-document = document
library-kind-article = paper
library-kind-journal = journal
library-kind-film = film
library-kind-tool = tool
