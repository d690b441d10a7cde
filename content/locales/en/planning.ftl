# Planning: the slot of individual sessions, moving a session, make-ups.
planning-title = Plan sessions: { $name }
planning-to-case = Go to the case
planning-to-groups = Go to the groups
planning-back = Back
planning-no-phase = There is nothing to plan yet
planning-no-phase-how = Sessions are planned once the case has entered a phase of the programme.
planning-no-track = The track is not known yet
planning-no-track-how = Which sessions are planned depends on risk and need. Enter both levels on the case first.
planning-nothing = This phase has no individual sessions
planning-nothing-how = Its sessions are held in a group and planned with the group.
planning-changed = Something changed since this page was shown. Look at the new plan, then confirm again. What you chose is kept.
planning-slot = When the sessions are held
planning-days = Days of the week
planning-days-hint = More than one where the programme asks for two sessions a week.
planning-time = Hour
planning-time-hint = For example 17:30
planning-room = Room
planning-from = Not before
planning-from-hint = For example 23 Nov 2026
planning-from-past = Sessions cannot be planned in the past.
planning-overdue = { $count ->
        [one] Give a new day to the session whose day passed without a record
       *[other] Give new days to the { $count } sessions whose day passed without a record
    }
planning-overdue-hint = Only if they were not held. If they were, record them instead.
planning-show = Show the plan
planning-preview = What would be planned
planning-usual = As things stand
planning-usual-note = Choose days and hour above to see another plan. Nothing changes until you keep it.
planning-keep = Keep this plan
planning-lines = Sessions in order
planning-session = Session
planning-day = Day
planning-hour = Hour
planning-because = Why not earlier
planning-ends = The last session is on { $day }.
planning-beyond-order = { $days ->
        [one] That is { $days } day after the order ends, on { $day }.
       *[other] That is { $days } days after the order ends, on { $day }.
    }
planning-unplaced = { $count ->
        [one] One session finds no day. { $why }
       *[other] { $count } sessions find no day. { $why }
    }

planning-why-holiday = { $day } is a closed day.
planning-why-absent = { $who } is away on { $day }.
planning-why-room = { $room } is taken on { $day } at that hour.
planning-why-person = { $who } has another session on { $day } at that hour.
planning-why-participant = The participant has another session on { $day } at that hour.
planning-why-own = Another session of the same plan is held on { $day } at that hour.
planning-why-not-held = { $day } is in the past.
planning-why-before-start = { $day } is before the first possible day.
planning-why-overtaken = On { $day } it would no longer follow the session before it.
planning-why-no-slot = No weekly slot has been chosen.
planning-why-midnight = It would run past midnight.
planning-why-horizon = No free slot was found within three years.
planning-why-after = The session before it has no day.

planning-move-title = Move a session: { $session }
planning-move-stands = Planned for { $when }.
planning-move-on = New day
planning-move-reach = What moves
planning-move-this = This one
planning-move-this-hint = All others stay where they are.
planning-move-after = This one and all after it
planning-move-after-hint = Those after it follow at the programme's pace. Days set by hand among them are given up.
planning-move-show = Show what would move
planning-move-count = { $count ->
        [0] Nothing would move
        [one] One session would move
       *[other] { $count } sessions would move
    }
planning-move-lines = What would move
planning-move-was = From
planning-move-becomes = To
planning-move-no-day = no day found
planning-move-closer = This brings the session closer to its neighbour than the programme's pace.
planning-move-go = Move
planning-move-not = This session stays where it is
planning-move-unknown = This session is no longer part of the plan.
planning-move-recorded = A recorded or cancelled session is not moved.
planning-move-past = A session cannot be moved into the past.
planning-move-before-start = The programme cannot start before { $day }.
planning-move-before-previous = It would come before “{ $session }”, which has to be held first.
planning-move-after-next = It would come after “{ $session }”. Choose an earlier day, or move all after it too.

planning-make-up-title = Make up a session: { $session }
planning-make-up-missed = missed on { $day }
planning-make-up-until = to be made up by { $day }
planning-make-up-individual = The programme makes this session up in an individual session.
planning-make-up-next-group = The programme makes this session up in another group that holds it. If none does in time, plan an individual session.
planning-make-up-sheet = The programme makes this session up with its participant sheet, worked through in a short meeting.
planning-make-up-elsewhere = Groups that will hold this session
planning-make-up-keep = Plan the make-up
planning-make-up-settled = This make-up is no longer due: it has been planned, done or waived.
planning-make-up-move = Move it
