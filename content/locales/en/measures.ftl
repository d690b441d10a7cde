# Measures: what is due, entering, answering, scores and what moved.
nav-measures = Measures
measures-due-list = Measures due
measures-overdue = Overdue
measures-overdue-none = Nothing is overdue
measures-overdue-none-how = A measure is overdue a fortnight after its day.
measures-due-none = Nothing is due
measures-due-none-how = Measures fall due when a phase begins or ends, when a module ends, and after the programme, as its definition says.
measures-to-cases = To the cases
measures-of = Whose
measures-of-cases = The people I work with
measures-of-place = Everyone at my place
measures-state = Which
measures-state-open = All that are due
measures-state-overdue = Overdue only
measures-show = Show
measures-show-open = Show all that are due
measures-more-than = { $count } or more are due. The list sorts and narrows by its headings and the choices above.
measures-since = Since
measures-person = Person
measures-measure = Measure
measures-point = At which point
measures-point-extra = Outside the plan

measures-chart-of = Scores of case { $case }
measures-chart-about = { $scales ->
        [one] One scale
       *[other] { $scales } scales
    } since { $from }: each score, the band of measurement error around the first, the clinical cut-off, and where a score is missing. The table below says the same.
measures-gap = not measured: { $point }
measures-moved = What moved
measures-none = Nothing has been measured yet
measures-none-how = What the programme wants measured, and when, stands below.
measures-no-risk = A score says how somebody answered. It does not say how likely anything is, and a lower score is no lower risk.
measures-scores-of = Scores: { $scale }
measures-day = Day
measures-score = Score
measures-scores = Scores
measures-scale = Scale
measures-band = Band
measures-rater = Rated by
measures-rater-participant = self-report
measures-rater-interviewer = asked by a member of staff
measures-rater-professional = rated by a professional
measures-way = How
measures-way-paper = entered from paper
measures-way-professional = entered
measures-way-device = on a device of the service
measures-way-link = by a link
measures-not-scorable = answered, not scorable
measures-refused = not scorable: { $items ->
        [one] 1 item missing
       *[other] { $items } items missing
    }
measures-prorated = { $items ->
        [one] 1 item missing, pro-rated
       *[other] { $items } items missing, pro-rated
    }

measures-said-no-score = there is no score yet
measures-said-one = measured once, on { $on }
measures-said-lower = { $one ->
        [1] lower by 1 point than on { $on }
       *[other] lower by { $points } points than on { $on }
    }
measures-said-higher = { $one ->
        [1] higher by 1 point than on { $on }
       *[other] higher by { $points } points than on { $on }
    }
measures-said-same = the same as on { $on }
measures-said-more = more than measurement error at 95 %
measures-said-within = within measurement error at 95 %
measures-said-unknown = whether that is more than measurement error cannot be computed
measures-said-above = above the cut-off of { $cutoff }
measures-said-below = below the cut-off of { $cutoff }
measures-said-still-above = still above the cut-off of { $cutoff }
measures-said-still-below = below the cut-off of { $cutoff }, as before
measures-said-now-below = now below the cut-off of { $cutoff }
measures-said-now-above = now above the cut-off of { $cutoff }
measures-said-prorated = { $items ->
        [one] 1 item pro-rated
       *[other] { $items } items pro-rated
    }
measures-said-prorated-first = { $items ->
        [one] 1 item pro-rated in the first
       *[other] { $items } items pro-rated in the first
    }
measures-said-versions = answered in versions { $first } and { $last }
measures-said-raters = not rated by the same kind of rater
measures-said-unscored = the answers of { $on } are not scorable
measures-basis = Reliable change beyond { $threshold } (Jacobson & Truax 1991): standard deviation { $sd }, { $kind } { $reliability }; { $population }; { $language } version. { $source }
measures-basis-none = Reliable change is not computable for “{ $scale }”: no norm with a standard deviation and a reliability.
measures-reliability-internal = internal consistency
measures-reliability-test-retest = test-retest reliability
measures-reliability-inter-rater = inter-rater reliability
measures-reliability-unknown = reliability

measures-due-title = What is measured, and when
measures-now = Due now
measures-taken-on = taken { $on }
measures-standing-coming = not yet
measures-standing-coming-since = not yet
measures-standing-due-since = due since { $on }
measures-standing-overdue-since = overdue: due since { $on }
measures-standing-missed-since = not measured ({ $on })
measures-standing-due = due
measures-standing-overdue = overdue
measures-standing-missed = not measured
measures-standing-taken-since = taken
measures-standing-taken = taken
measures-own = { $count ->
        [one] Not measured here: 1 form of the service
       *[other] Not measured here: { $count } forms of the service
    }
measures-own-form = Add one as an instrument to enter it here. Until then the day says when the programme wants it, not whether it was filled in, and its gate is confirmed by hand.
measures-take = Measure
measures-others = Other instruments
measures-open = Waiting for answers
measures-open-device = on a device of the service
measures-open-link = by a link
measures-open-paper = from paper
measures-open-professional = entered
measures-take-back = Take back
measures-take-back-sure = Nobody can answer it any more. What was answered so far is not kept as a measurement.
measures-back = Back to the measures

measures-take-paper = From paper
measures-take-paper-how = The person answered on paper, or you ask and note the answers.
measures-take-professional = Enter the outcome
measures-take-professional-how = Total, band, missing items and who rated. The items of this tool are not held here.
measures-enter = Enter answers
measures-take-self = The person answers
measures-take-self-how = Choose what it is for and in which language, then how the person gets the form.
measures-take-device = On this device
measures-take-device-how = You hand the device over. The person sees this form and nothing else; your PIN brings you back.
measures-pin = A PIN for coming back
measures-pin-hint = 4 to 8 digits. It holds for this form only.
measures-hand-over = Hand over
measures-take-link = By a link
measures-take-link-how = A link that serves once, and a code that you tell the person by another way. It holds for a week.
measures-make-link = Make a link
measures-language = Language
measures-language-en = English
measures-language-es = Spanish
measures-version-in-en = English
measures-version-in-es = Spanish
measures-no-wording = The wording of this instrument is not held here. Ask for it: { $ask }
measures-link-title = One-time link
measures-link-once = Both are shown now and never again. Give the code by another way than the link.
measures-link-address = Link
measures-link-code = Code
measures-link-until = It holds until { $until }, or until the answers are handed in.

measures-second = second time
measures-second-how = Type the answers again from the paper. What was typed the first time is not shown.
measures-differences = { $count ->
        [one] 1 answer differs from the first time. Look at the paper and keep what stands there.
       *[other] { $count } answers differ from the first time. Look at the paper and keep what stands there.
    }
measures-first-time = first time: { $value }
measures-keys = Type the number of each answer; the next field follows by itself. Leave it empty where nothing was answered.
measures-answered-on = Answered on
measures-twice = Enter twice
measures-twice-hint = After this, type them once more; differences are shown.
measures-keep = Keep
measures-item = Item { $item }
measures-fault-number = Write a number: { $takes }
measures-fault-range = It takes { $takes }, or nothing
measures-fault-future = This day is still to come
measures-fault-old = This day is more than a year before the referral. Is the year right?
measures-fault-corrected = Somebody corrected this response meanwhile. Open the newer one to correct it again.
measures-fault-empty = Nothing is answered
measures-fault-pin = 4 to 8 digits

measures-by = Entered or handed over by
measures-version = Instrument
measures-entered-twice = Entered twice
measures-answers = Answers
measures-item-number = Item
measures-question = Question
measures-answer = Answer
measures-missing = not answered
measures-raised = An answer raised a concern
measures-corrects = This corrects an earlier entry
measures-corrected = This was corrected since: the newer entry counts
measures-correct = Correct
measures-fhir = As FHIR
measures-concern = { $instrument }: “{ $item }” was answered “{ $answer }”. Recorded by the program from the answer itself; nobody has talked with the person about it yet.

measures-question-of = Question { $number } of { $of }
measures-next = Next
measures-previous = Back
measures-check = To the end
measures-may-skip = You may leave a question out. Your answers are saved as you go.
measures-all-at-once = All questions at once
measures-one-by-one = One question at a time
measures-answer-faults = One answer could not be read.
measures-code-title = Your code
measures-code-how = The person who sent you this link told you a code of six digits.
measures-code = Code
measures-code-wrong = That is not the code. After five wrong ones the link no longer works.
measures-end-check = Before you hand in
measures-end-thanks = Thank you
measures-end-whole = Every question is answered.
measures-end-missing = { $count ->
        [one] 1 question is not answered. You may go back, or hand in as it is.
       *[other] { $count } questions are not answered. You may go back, or hand in as it is.
    }
measures-hand-in = Hand in
measures-go-back = Go back
measures-end-device = Please give the device back.
measures-end-link = Your answers have arrived. You can close this page.
measures-for-staff = For staff
measures-pin-leave = PIN
measures-pin-wrong = That is not the PIN. After five wrong ones you sign in again.
measures-leave = Leave the form
measures-help-title = You are not alone with this
measures-help-person = One of your answers says that things are hard right now. Somebody of the service will talk with you about it. You can also say it now to the person who gave you this form.
measures-help-now = If you are in danger, or might hurt yourself, call 112.
measures-help-lines = In Spain, 024 listens free of charge, day and night. Elsewhere, the emergency number of the country helps.

measures-level-service = Scores before and after
measures-level-group = Scores of the group before and after
measures-level-to-group = Back to the group
measures-level-from-group = Scores before and after
measures-level-points = First score { $from }; later score { $to }.
measures-level-programme = Programme
measures-level-to = Later score
measures-level-year = Started in
measures-level-csv = As a table
measures-level-csv-name = Name
measures-level-csv-title = What
measures-level-csv-carried = Of these, the last score stands for a missing later one
measures-level-no-effect = Scores move for many reasons: this table cannot say that the programme moved them.
measures-level-beside = Side by side
measures-level-completers = Came to that point
measures-level-started = All who started
measures-level-people = People
measures-level-pairs = With both scores
measures-level-before = First score: mean (SD)
measures-level-after = Later score: mean (SD)
measures-level-difference = Mean difference [95 %]
measures-level-effect = Effect size d (by the mean of both SDs)
measures-level-recovered = Recovered: better by more than error, and across the cut-off
measures-level-improved = Better by more than error
measures-level-unchanged = Within measurement error
measures-level-deteriorated = Worse by more than error
measures-level-harmed = Worse by more than error, and across the cut-off
measures-level-mean-sd = { $mean } ({ $sd })
measures-level-interval = [{ $low } to { $high }]
measures-level-drawn = mean { $before } first, { $after } later
measures-level-basis = More than error: by more than { $threshold } points. { $source }
measures-level-no-norm = Whether a change is more than measurement error cannot be computed: no norm of this scale has both a standard deviation and a reliability.
measures-level-few = No mean is shown of fewer than { $fewest } people, nor where one column less the other would tell of so few: it would say more of each of them than of the programme.
measures-level-carried = { $people ->
        [one] For 1 person who has no later score, the last one they gave stands for it among all who started.
       *[other] For { $people } people who have no later score, the last one they gave stands for it among all who started.
    }
measures-level-lost = Who is missing
measures-level-lost-before = No first score
measures-level-lost-ended = One score only: ended before that point
measures-level-lost-way = One score only: still on the way
measures-level-lost-reached = One score only, although they came to that point
measures-level-lost-mean = Mean first score of those with one score only
measures-level-none = Nothing can be set side by side
measures-level-none-how = The programme measures nothing at two points with an instrument that the service has.
measures-level-nobody = Nobody started then
measures-level-nobody-how = Choose another year or programme above.
