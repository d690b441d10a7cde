# Reports to courts and others.
reports-title = Reports
reports-report = Report
reports-addition = Addition to a signed report
reports-due = Due by
reports-days = Days it covers
reports-covers = { $from } to { $to }
reports-standing = State
reports-standing-due = due
reports-standing-late = overdue
reports-standing-draft = draft
reports-standing-signed = signed
reports-standing-not-needed = not needed
reports-signed-by = Signed by { $name }, { $at }
reports-begun-by = begun by { $name }
reports-none = No reports yet
reports-none-how = Reports fall due by the law of the place and by the programme once the case has started.
reports-save = Save the draft
reports-sign = Sign
reports-sign-sure = Sign this report? After that it can be added to, never changed.
reports-sign-note = Signing keeps your name and the time. After that a report is added to, never changed.
reports-paper = As it prints
reports-write = Write
reports-add = Write an addition
reports-unsigned = Draft, not signed.
reports-number = Case
reports-to = To
reports-closing = This report tells how the person took part. It says nothing about how likely further offences are.
reports-signature-line = Signature: ______________________________
reports-about-title = Filled from the record
reports-about-text = Each part begins with what was recorded in these days. Read it, correct it and say in your own words what matters.
reports-never = A report tells what was done and seen. It gives no verdict on risk: that needs a trained assessment with its own instrument.
reports-section-who = Person and legal basis
reports-section-programme = Programme
reports-section-attendance = Attendance and dose
reports-section-phases = Phases
reports-section-targets = Targets worked on
reports-section-needs = Needs as judged
reports-section-goals = Goals in the person's own words
reports-section-concerns = Concerns
reports-section-summary = Summary by the professional
reports-summary-hint = How the person took part, what helped, what got in the way, what comes next.
reports-fault-no-summary = A report is signed with your own summary.
reports-fault-stale = { $name } saved this report while you were writing. What you typed is still here; look at theirs in another tab before you save over it.
reports-fault-signed = { $name } signed this report while you were writing. It can no longer be changed; copy what you typed and write an addition.
reports-fill-who = { $name }, born on { $born }.
reports-fill-basis = Legal basis: { $basis }.
reports-fill-order = The order runs from { $from } to { $to }.
reports-fill-programme = { $title }, version { $version }.
reports-fill-track = Track: { $track }.
reports-fill-not-yet = What this report covers begins on { $from }; nothing of it has happened yet.
reports-fill-held = { $count ->
        [0] No session was held from { $from } to { $to }.
        [one] 1 session was held from { $from } to { $to }.
       *[other] { $count } sessions were held from { $from } to { $to }.
    }
reports-fill-attended = Attended: { $attended }; in part: { $part }.
reports-fill-absent = Absent with an accepted reason: { $accepted }; without: { $unaccepted }; made up afterwards: { $made }.
reports-fill-dose = Dose delivered: { $delivered } of { $planned } planned minutes.
reports-fill-phase = { $phase }: begun on { $on }.
reports-fill-not-begun = No phase has begun.
reports-fill-ended = { $stage } on { $on }.
reports-stage-completed = Completed
reports-stage-ended-early = Ended early
reports-stage-never-started = Ended without a start
reports-stage-not-suitable = Judged not suitable
reports-stage-referred = Referred
reports-stage-suitable = Judged suitable
reports-stage-waiting = Waiting
reports-stage-in-phase = In treatment
reports-fill-targets = The sessions attended worked on: { $targets }.
reports-fill-no-targets = No target has been worked on in these days.
reports-fill-need-present = Present: { $targets }.
reports-fill-need-absent = Absent: { $targets }.
reports-fill-need-unclear = Unclear: { $targets }.
reports-fill-need-not-yet-assessed = Not yet assessed: { $targets }.
reports-fill-goal = “{ $words }”
reports-fill-no-goals = No goals have been written down yet.
reports-fill-concerns = { $recorded ->
        [one] 1 concern was recorded in these days
       *[other] { $recorded } concerns were recorded in these days
    }; { $open ->
        [0] none is open.
        [one] 1 is open.
       *[other] { $open } are open.
    }
reports-fill-no-concerns = No concern was recorded in these days.
