# El manual: programas, su contenido y sus sesiones.
programmes-title = Programas
programmes-intro = Lo que ofrece este servicio. Aquí puede leerse cada sesión tal como la usan los facilitadores.
programmes-open = Abrir el manual
programmes-provenance = De dónde procede.
programmes-version = Versión
programmes-sessions-count = { $count ->
        [one] 1 sesión
       *[other] { $count } sesiones
    }
programmes-weeks-at-most = { $weeks } semanas como máximo
programmes-group-size = grupos de { $min } a { $max }, { $facilitators ->
        [one] 1 facilitador
       *[other] { $facilitators } facilitadores
    }
programmes-session-number = Sesión { $number } de { $of }
programmes-minutes = { $minutes } min
programmes-within-days = en { $days ->
        [one] 1 día
       *[other] { $days } días
    }
programmes-does-not-count = no cuenta para finalizar
programmes-format-individual = individual
programmes-format-group = grupal
programmes-cadence-twice-weekly = dos veces por semana
programmes-cadence-weekly = semanal
programmes-cadence-fortnightly = cada dos semanas
programmes-cadence-monthly = cada cuatro semanas
programmes-cadence-bimonthly = cada nueve semanas
programmes-cadence-quarterly = cada trece semanas
programmes-make-up = Si se pierde la sesión
programmes-make-up-individual = sesión individual
programmes-make-up-next-group = con el grupo siguiente
programmes-make-up-sheet = con la ficha del participante
programmes-make-up-none = no se recupera
programmes-not-in-track = No está en el itinerario: { $tracks }
programmes-on-this-page = En esta página
programmes-gate-in = Para empezar esta fase
programmes-gate-out = Para haberla superado
programmes-gate-suitable = El caso se valoró como idóneo
programmes-gate-order-covers = La medida termina después del final previsto de la fase
programmes-gate-phase-passed = Se superó la fase «{ $phase }»
programmes-gate-sessions-done = Se asistió al { $share } de las sesiones que cuentan, o se recuperaron
programmes-gate-targets-judged = Se valoró la necesidad en al menos { $count ->
        [one] 1 objetivo de tratamiento
       *[other] { $count } objetivos de tratamiento
    }
programmes-gate-targets-judged-all = Se valoró la necesidad en todos los objetivos de tratamiento
programmes-gate-measure-taken = Se aplicó «{ $measure }»
programmes-col-number = N.º
programmes-col-session = Sesión
programmes-col-format = Formato
programmes-col-minutes = Minutos
programmes-col-targets = Objetivos de tratamiento
programmes-tracks = Itinerarios y dosis
programmes-tracks-note = El riesgo y la necesidad valorados deciden el itinerario. Un profesional puede decidir otra cosa e indica por qué.
programmes-col-track = Itinerario
programmes-col-for = Para
programmes-col-individual = Individuales
programmes-col-group = Grupales
programmes-col-hours = Horas
programmes-col-weeks = Semanas
programmes-col-leaves-out = Omite
programmes-leaves-out-nothing = nada
programmes-levels = riesgo { $risk }, necesidad { $need }
programmes-level-low = bajo
programmes-level-medium = medio
programmes-level-high = alto
programmes-completion-rule = Se considera finalizado cuando se asistió al { $share } de las sesiones que cuentan, o se recuperaron, y se superaron estas fases: { $phases }.
programmes-targets = Objetivos de tratamiento
programmes-targets-note = Factores dinámicos de riesgo en los que trabaja el programa, vistos desde los cinco modelos. Los modelos son cinco miradas y nunca se suman; un guion indica que ese modelo no lo contempla.
programmes-suitability = Idoneidad
programmes-not-required = se pondera, no es imprescindible
programmes-measures = Medidas de evaluación
programmes-col-measure = Medida
programmes-col-due = Cuándo
programmes-due-phase-start = al inicio de «{ $phase }»
programmes-due-phase-end = al final de «{ $phase }»
programmes-due-module-end = al final de «{ $module }»
programmes-due-after-completion = { $weeks } semanas después de finalizar
programmes-due-every-months = cada { $months ->
        [one] mes
       *[other] { $months } meses
    }
programmes-reports = Informes
programmes-reasons = Motivos de no inicio o de final anticipado
programmes-reasons-never = No iniciado
programmes-reasons-early = Finalizado antes de tiempo
programmes-sources = Bibliografía
programmes-materials = Materiales
programmes-neighbours = Sesiones anterior y siguiente

programmes-model-glm = Buenas Vidas (GLM)
programmes-model-rnr = Riesgo-Necesidad-Responsividad (RNR)
programmes-model-srm = Autorregulación (SRM)
programmes-model-pathways = Trayectorias
programmes-model-mfm = Motivación-Facilitación (MFM)

programmes-construct-glm-life = vida y salud
programmes-construct-glm-knowledge = conocimiento
programmes-construct-glm-play = excelencia en el ocio
programmes-construct-glm-work = excelencia en el trabajo
programmes-construct-glm-agency = autonomía
programmes-construct-glm-inner-peace = paz interior
programmes-construct-glm-relatedness = vínculos
programmes-construct-glm-community = comunidad
programmes-construct-glm-spirituality = sentido
programmes-construct-glm-pleasure = placer
programmes-construct-glm-creativity = creatividad
programmes-construct-rnr-antisocial-history = historia de conducta antisocial
programmes-construct-rnr-antisocial-personality = patrón de personalidad antisocial
programmes-construct-rnr-antisocial-cognition = cognición antisocial
programmes-construct-rnr-antisocial-associates = compañías antisociales
programmes-construct-rnr-family-marital = familia y pareja
programmes-construct-rnr-school-work = estudios y trabajo
programmes-construct-rnr-leisure = ocio
programmes-construct-rnr-substance-use = consumo de sustancias
programmes-construct-srm-life-event = acontecimiento vital
programmes-construct-srm-desire = deseo
programmes-construct-srm-goals-established = establecimiento de metas
programmes-construct-srm-strategy-selected = elección de la estrategia
programmes-construct-srm-high-risk-situation = situación de alto riesgo
programmes-construct-srm-lapse = tropiezo
programmes-construct-srm-offence = delito
programmes-construct-srm-evaluation = evaluación
programmes-construct-srm-attitude-to-future = actitud ante el futuro
programmes-construct-pathways-intimacy-deficits = déficits de intimidad
programmes-construct-pathways-distorted-scripts = guiones sexuales distorsionados
programmes-construct-pathways-emotional-dysregulation = desregulación emocional
programmes-construct-pathways-antisocial-cognitions = cogniciones antisociales
programmes-construct-pathways-multiple-dysfunctional = mecanismos disfuncionales múltiples
programmes-construct-mfm-paraphilia = parafilia
programmes-construct-mfm-high-sex-drive = deseo sexual elevado
programmes-construct-mfm-intense-mating-effort = búsqueda intensa de pareja
programmes-construct-mfm-antisocial-personality = personalidad antisocial
programmes-construct-mfm-poor-self-regulation = autorregulación deficiente
programmes-construct-mfm-hostile-masculinity = masculinidad hostil
programmes-construct-mfm-negative-affect = afecto negativo
programmes-construct-mfm-substance-state = alcohol o drogas
programmes-construct-mfm-stress = estrés
programmes-construct-mfm-access = acceso
programmes-construct-mfm-opportunity = oportunidad
programmes-construct-mfm-time-and-place = momento y lugar
programmes-construct-mfm-absent-guardians = ausencia de supervisión
