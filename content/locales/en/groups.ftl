# Groups: forming, members, starting, leaving, closing.
groups-title = Groups
groups-new = Form a group
groups-caption = Groups
groups-name = Name of the group
groups-name-hint = A name colleagues will know it by, such as “Tuesday evening”. Not after a person.
groups-place = Place
groups-programme = Programme
groups-track = Track
groups-standing = State
groups-standing-open = Forming or running
groups-standing-forming = Forming
groups-standing-running = Running
groups-standing-closed = Closed
groups-standing-all = All
groups-filter = Show
groups-first = First day
groups-last = Last session
groups-next = Next session
groups-no-next = none planned
groups-members = Members
groups-of-most = { $members } of at most { $most }
groups-facilitators = Facilitators
groups-facilitators-hint = Everybody ticked runs the group and sees its members' cases. How many the programme recommends stands above.
groups-recommended = { $count } recommended
groups-none = No groups yet
groups-none-how = A group is formed from those who wait, or from those whose next phase is held in a group.
groups-none-yours = You run no group at present. Your coordinator assigns you to one.
groups-none-here = No group fits this choice
groups-none-here-how = Show all groups, or choose another standing or place.
groups-show-all = Show all

groups-no-place = No place to form a group at
groups-no-place-how = Groups are formed by coordination or treatment management of a place.
groups-next-step = Next
groups-kind = Programme, phase and track
groups-kind-sessions = { $count ->
        [one] One session of { $minutes } minutes.
       *[other] { $count } sessions of { $minutes } minutes or so.
    }
groups-kind-size = { $min } to { $max } members; { $facilitators } facilitators recommended.
groups-language = Language
groups-language-en = English
groups-language-es = Spanish
groups-language-ca = Catalan
groups-language-eu = Basque
groups-language-gl = Galician
groups-language-fr = French
groups-language-pt = Portuguese
groups-language-ro = Romanian
groups-language-ar = Arabic
groups-when = When and where
groups-first-day = First day
groups-first-past = A group does not begin in the past.
groups-no-staff = Nobody at this place is a facilitator yet. Your administrator gives the role.
groups-taken = { $count ->
        [one] { $why }
       *[other] { $why } It happens on { $count } days.
    }
groups-round = Go round the days that are taken
groups-round-hint = The sessions then move to the next free week.
groups-form-go = Form the group
groups-edit = Change
groups-edit-title = Change the group: { $title }
groups-edit-note = Sessions that were not held yet are planned anew. Recorded ones stay as they are.
groups-changed = Somebody changed this group since the page was shown. Look at what is new, then try again. What you entered is kept.

groups-facts = About the group
groups-slot = Slot
groups-next-session = Next session
groups-open-session = Open the session
groups-move-session = Move it
groups-no-members = Nobody belongs to this group yet. Admit people below.
groups-members-caption = Members of this group
groups-who = Participant
groups-joined = Joined
groups-dose = Sessions had
groups-missed = Missed
groups-share = Share of minutes due
groups-actions = Actions
groups-leave = Leave
groups-gone = { $count ->
        [one] One person has left
       *[other] { $count } people have left
    }
groups-places-left = { $count ->
        [0] The group is full.
        [one] One place is free.
       *[other] { $count } places are free.
    }
groups-candidates = Who could join
groups-candidates-note = Best fit first; among equals, those whose start presses most. The comparison decides nothing: you do.
groups-candidates-caption = People who could join this group
groups-rejoin = Rejoin at the same point
groups-rejoin-note = A running group takes in those who have done at least what it has held. Repeating sessions is possible, missing some is not.
groups-no-candidates = Nobody waits for this group at present.
groups-latest = Latest start
groups-no-order-end = order without end
groups-since = Since
groups-fit = How they fit
groups-fit-slot = can come at that hour
groups-fit-slot-not = cannot come on { $day } at { $time }
groups-fit-slot-unknown = hours not known
groups-fit-language = follows the language
groups-fit-language-not = does not follow the language
groups-fit-language-unknown = language not known
groups-fit-order = ends inside the order
groups-fit-order-not = { $days ->
        [one] order ends { $days } day before the group
       *[other] order ends { $days } days before the group
    }
groups-fit-order-unknown = order's end not known
groups-fit-size = there is a place
groups-fit-size-not = full with { $most }
groups-fit-track = follows the { $track }
groups-point-same = has done the same sessions
groups-point-behind = { $count ->
        [one] would repeat one session
       *[other] would repeat { $count } sessions
    }
groups-point-ahead = { $count ->
        [one] would miss one session
       *[other] would miss { $count } sessions
    }
groups-admit = Admit those ticked
groups-rejoin-go = Let those ticked join
groups-nobody-ticked = Tick at least one person.
groups-no-longer-candidate = Somebody you ticked can no longer join. The list below is up to date.
groups-refused-full = The group is full: the programme allows at most { $most } members.
groups-refused-member = { $name } is a member already.
groups-refused-begun = { $name } cannot be admitted at this point of the group.
groups-refused-closed = The group is closed.
groups-refused-ahead = { $name } would miss sessions: { $count }.
groups-refused-early = { $name } left a group after that day.

groups-sessions = Sessions
groups-sessions-caption = Sessions of this group in order
groups-no-sessions = No sessions are planned. Change the group to give it days.
groups-number = No.
groups-by-hand = set by hand
groups-move = Move
groups-session-planned = planned
groups-session-overdue = no record yet
groups-session-recorded = recorded
groups-session-signed = signed
groups-session-cancelled = cancelled

groups-leaving-title = { $name } leaves the group
groups-leaving-note = The time in this group stays on record. The case itself does not end: it can join another group at the same point.
groups-leaving-on = Last day in the group
groups-leaving-reason = Reason
groups-leaving-go = Record the leaving
groups-leave-future = This day has not come yet.
groups-leave-before = Nobody leaves before joining.
groups-leave-not-member = This person is no longer a member.
groups-left-work = Work or training at that hour
groups-left-health = Health
groups-left-moved = Moved away
groups-left-other-group = Goes on in another group
groups-left-group-fit = This group is not right for the person
groups-left-ended = Programme or order has ended
groups-left-stopped-coming = Stopped coming
groups-left-other = Other; the note says what
groups-left-group-closed = The group was closed

groups-start = Start the group
groups-start-title = Start the group: { $title }
groups-start-note = Everybody below enters the phase on that day. If one of them cannot, nobody does until it is settled.
groups-start-on = Day of the start
groups-start-go = Start
groups-start-done = This group has started
groups-start-nobody = The group has no members yet
groups-start-nobody-how = Admit people first.
groups-start-stays = Is in this phase already and goes on in this group.
groups-start-cannot = { $name } cannot enter this phase from where the case stands. Let them leave the group, or bring the case there first.
groups-start-future = The day of the start has not come yet.
groups-start-before = For { $name } the day must not be before { $day }.
groups-gate-open = All conditions hold
groups-gate-unmet = { $count ->
        [one] One condition does not hold
       *[other] { $count } conditions do not hold
    }
groups-gate-look = Look at the conditions
groups-start-reason = Why this person enters all the same
groups-start-reason-hint = Your name is recorded with it. Without a reason the person cannot enter.
groups-start-reason-missing = Say why { $name } enters although not every condition holds.
groups-start-not-allowed = Not every condition holds for { $name }. Treatment management may open the gate against the rule.
groups-refused-already-begun = The group has begun already.
groups-refused-few = The programme begins a group with at least { $min } members; this one has { $members }. Admit more people first.
groups-refused-before-start = A group does not end before it began, or before somebody joined.

groups-close = Close
groups-closing-title = Close the group: { $title }
groups-closing-note = { $members ->
        [one] One member leaves on that day
       *[other] { $members } members leave on that day
    } and { $ahead ->
        [0] no planned session is cancelled.
        [one] one planned session is cancelled.
       *[other] { $ahead } planned sessions are cancelled.
    } Cases go on where they stand.
groups-closing-on = Last day of the group
groups-closing-go = Close the group
groups-closed-already = This group is closed
