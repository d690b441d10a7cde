# What both programs say on every page. Each feature keeps its own file beside this one.

## The language itself
language-tag = en-GB
language-name = English
# Written from left to right (ltr) or from right to left (rtl).
language-direction = ltr
# Percentages: { $number } is already written as this language writes numbers.
percent = { $number }%

## Days, told from today
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
days-ahead =
    { $days ->
        [one] in { $days } day
       *[other] in { $days } days
    }
days-ago =
    { $days ->
        [one] { $days } day ago
       *[other] { $days } days ago
    }

## Frame
site-skip = Skip to content
site-main-navigation = Main
site-menu = Menu
site-search = Search
site-search-hint = Name or number
site-language = Language
site-signed-in = Signed in as { $name }
site-sign-out = Sign out
site-section-navigation = Sections of this page
site-footer = Fairway. Free software under the EUPL 1.2.
site-keys-help = Keys on this page
site-close = Close
site-keys-search = go to the search box
site-keys-show = show this help
site-keys-main = go to { $page }

## Forms
form-required = required
form-optional = optional
form-save = Save
form-cancel = Cancel
form-choose = Choose…
form-none = None
form-any = Any
form-yes = Yes
form-no = No
form-faults-heading = { $count ->
        [one] One answer needs another look
       *[other] { $count } answers need another look
    }
form-faults-kept = What you typed is still here. Nothing has been saved yet.
form-error-prefix = Please check:
form-fault-missing = This is needed to go on.
form-fault-too-long = This is too long: { $length } characters, and there is room for { $max }.
form-fault-control = This has a character that cannot be shown. It may have come along when copying; please type the text again.
form-fault-date = This is not a date we can read. Examples: 23 Nov 2026, 23/11/2026 or 2026-11-23.
form-fault-time = This is not a time we can read. Example: 17:30.
form-fault-number = This should be a whole number, in figures.
form-fault-range = This should be between { $min } and { $max }.
form-fault-choice = Please pick one of the answers offered.
form-fault-reference = What this points to is not there. Please choose again.
form-fault-email = This does not look like an e-mail address.
form-autosave-saving = Saving the draft…
form-autosave-saved = Draft saved at { $time }
form-autosave-failed = The draft could not be saved. Keep this page open; we will try again.
form-confirm-heading = Are you sure?
form-confirm-go = Yes, go on

## Lists
list-pages = Pages
list-page-previous = Previous
list-page-next = Next
list-page-of = Page { $page } of { $pages }
list-range = { $from } to { $to } of { $total }
list-sorted-up = sorted, smallest first
list-sorted-down = sorted, largest first
list-sort-by = Sort by { $column }
list-table-scroll = Table: scroll sideways to see all of it

## A person's way through the programme
way-done = done
way-now = now
way-ahead = ahead
way-of = { $done } of { $planned }

## Thread chart
thread-description = { $lanes ->
        [one] One target
       *[other] { $lanes } targets
    } from { $from } to { $to }: sessions planned, attended and missed, scores with their band of measurement error, and what was seen. The table below says the same.
thread-today = today
thread-read-table = Read as a table
thread-target = Target
thread-when = When
thread-what = What
thread-detail = Detail
thread-score = Score { $value }
thread-kind-attended = attended
thread-kind-part = attended in part
thread-kind-missed = missed
thread-kind-planned = planned
thread-kind-made-up = made up
thread-kind-seen = seen
thread-kind-score = score
thread-kind-gap = no score
thread-kind-phase = phase begins
thread-legend-attended = Attended
thread-legend-part = In part
thread-legend-missed = Missed
thread-legend-made-up = Made up
thread-legend-planned = Planned
thread-legend-seen = Something was seen
thread-legend-own = Score from the person’s own answers
thread-legend-other = Score asked or judged by somebody else
thread-legend-gap = No score: not measured, or not scorable
thread-legend-band = Within measurement error of the first score
thread-legend-cut = Clinical cut-off
thread-empty-lane = Nothing recorded yet
thread-band-text = Scores from { $low } to { $high } are within measurement error of the first.
thread-cut-text = Clinical cut-off: { $value }.
thread-lane-now = Go to { $target }

## Bars
bar-planned-delivered = { $delivered } of { $planned }
