# The manual: programmes, their contents, their sessions.
programmes-title = Programmes
programmes-intro = What this service offers. Every session can be read here as the facilitators use it.
programmes-open = Open the manual
programmes-provenance = Where it comes from.
programmes-version = Version
programmes-sessions-count = { $count ->
        [one] 1 session
       *[other] { $count } sessions
    }
programmes-weeks-at-most = { $weeks } weeks at most
programmes-group-size = groups of { $min } to { $max }, { $facilitators ->
        [one] 1 facilitator
       *[other] { $facilitators } facilitators
    }
programmes-session-number = Session { $number } of { $of }
programmes-minutes = { $minutes } min
programmes-within-days = within { $days ->
        [one] 1 day
       *[other] { $days } days
    }
programmes-does-not-count = does not count towards completion
programmes-format-individual = individual
programmes-format-group = group
programmes-cadence-twice-weekly = twice a week
programmes-cadence-weekly = weekly
programmes-cadence-fortnightly = every two weeks
programmes-cadence-monthly = every four weeks
programmes-cadence-bimonthly = every nine weeks
programmes-cadence-quarterly = every thirteen weeks
programmes-make-up = If missed
programmes-make-up-individual = an individual session
programmes-make-up-next-group = with the next group
programmes-make-up-sheet = with the participant sheet
programmes-make-up-none = not made up
programmes-not-in-track = Not in the track: { $tracks }
programmes-on-this-page = On this page
programmes-gate-in = To begin this phase
programmes-gate-out = To have passed it
programmes-gate-suitable = The case was judged suitable
programmes-gate-order-covers = The order ends after the phase would
programmes-gate-phase-passed = The phase “{ $phase }” was passed
programmes-gate-sessions-done = { $share } of the sessions that count were attended or made up
programmes-gate-targets-judged = The need was judged for at least { $count ->
        [one] 1 target
       *[other] { $count } targets
    }
programmes-gate-targets-judged-all = The need was judged for every target
programmes-gate-measure-taken = “{ $measure }” was taken
programmes-col-number = No.
programmes-col-session = Session
programmes-col-format = Format
programmes-col-minutes = Minutes
programmes-col-targets = Targets
programmes-tracks = Tracks and dose
programmes-tracks-note = Assessed risk and need decide the track. A professional may decide otherwise and says why.
programmes-col-track = Track
programmes-col-for = For
programmes-col-individual = Individual
programmes-col-group = Group
programmes-col-hours = Hours
programmes-col-weeks = Weeks
programmes-col-leaves-out = Leaves out
programmes-leaves-out-nothing = nothing
programmes-levels = risk { $risk }, need { $need }
programmes-level-low = low
programmes-level-medium = medium
programmes-level-high = high
programmes-completion-rule = Completed means: { $share } of the sessions that count were attended or made up, and these phases were passed: { $phases }.
programmes-targets = Targets
programmes-targets-note = Dynamic risk factors the programme works on, each seen through the five models. The models are five ways of looking and are never added up; a dash says that a model has no place for it.
programmes-suitability = Suitability
programmes-not-required = weighed, not required
programmes-measures = Measures
programmes-col-measure = Measure
programmes-col-due = Due
programmes-due-phase-start = at the start of “{ $phase }”
programmes-due-phase-end = at the end of “{ $phase }”
programmes-due-module-end = at the end of “{ $module }”
programmes-due-after-completion = { $weeks } weeks after completion
programmes-due-every-months = every { $months ->
        [one] month
       *[other] { $months } months
    }
programmes-reports = Reports
programmes-reasons = Reasons for ending otherwise
programmes-reasons-never = Never started
programmes-reasons-early = Ended early
programmes-sources = Literature
programmes-materials = Materials
programmes-neighbours = Sessions before and after

programmes-model-glm = Good Lives (GLM)
programmes-model-rnr = Risk-Need-Responsivity (RNR)
programmes-model-srm = Self-Regulation (SRM)
programmes-model-pathways = Pathways
programmes-model-mfm = Motivation-Facilitation (MFM)

programmes-construct-glm-life = life and health
programmes-construct-glm-knowledge = knowledge
programmes-construct-glm-play = excellence in play
programmes-construct-glm-work = excellence in work
programmes-construct-glm-agency = agency
programmes-construct-glm-inner-peace = inner peace
programmes-construct-glm-relatedness = relatedness
programmes-construct-glm-community = community
programmes-construct-glm-spirituality = meaning
programmes-construct-glm-pleasure = pleasure
programmes-construct-glm-creativity = creativity
programmes-construct-rnr-antisocial-history = history of antisocial behaviour
programmes-construct-rnr-antisocial-personality = antisocial personality pattern
programmes-construct-rnr-antisocial-cognition = antisocial cognition
programmes-construct-rnr-antisocial-associates = antisocial associates
programmes-construct-rnr-family-marital = family and partner
programmes-construct-rnr-school-work = school and work
programmes-construct-rnr-leisure = leisure
programmes-construct-rnr-substance-use = substance use
programmes-construct-srm-life-event = life event
programmes-construct-srm-desire = desire
programmes-construct-srm-goals-established = goals established
programmes-construct-srm-strategy-selected = strategy selected
programmes-construct-srm-high-risk-situation = high-risk situation
programmes-construct-srm-lapse = lapse
programmes-construct-srm-offence = offence
programmes-construct-srm-evaluation = evaluation
programmes-construct-srm-attitude-to-future = attitude to the future
programmes-construct-pathways-intimacy-deficits = intimacy deficits
programmes-construct-pathways-distorted-scripts = distorted sexual scripts
programmes-construct-pathways-emotional-dysregulation = emotional dysregulation
programmes-construct-pathways-antisocial-cognitions = antisocial cognitions
programmes-construct-pathways-multiple-dysfunctional = multiple dysfunctional mechanisms
programmes-construct-mfm-paraphilia = paraphilia
programmes-construct-mfm-high-sex-drive = high sex drive
programmes-construct-mfm-intense-mating-effort = intense mating effort
programmes-construct-mfm-antisocial-personality = antisocial personality
programmes-construct-mfm-poor-self-regulation = poor self-regulation
programmes-construct-mfm-hostile-masculinity = hostile masculinity
programmes-construct-mfm-negative-affect = negative affect
programmes-construct-mfm-substance-state = alcohol or drugs
programmes-construct-mfm-stress = stress
programmes-construct-mfm-access = access
programmes-construct-mfm-opportunity = opportunity
programmes-construct-mfm-time-and-place = time and place
programmes-construct-mfm-absent-guardians = nobody watching over
