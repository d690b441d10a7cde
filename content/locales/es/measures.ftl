# Medidas: qué toca, registro, respuestas, puntuaciones y qué ha cambiado.
nav-measures = Evaluación
measures-due-list = Medidas de evaluación pendientes
measures-overdue = Fuera de plazo
measures-overdue-none = No hay nada fuera de plazo
measures-overdue-none-how = Una medida de evaluación está fuera de plazo cuando han pasado dos semanas de su fecha.
measures-due-none = No hay nada pendiente
measures-due-none-how = Las medidas de evaluación tocan al empezar o acabar una fase, al terminar un módulo y después del programa, según lo que dice su definición.
measures-to-cases = Ir a los casos
measures-of = De quién
measures-of-cases = Las personas con las que trabajo
measures-of-place = Todo mi centro
measures-state = Cuáles
measures-state-open = Todo lo pendiente
measures-state-overdue = Solo lo que está fuera de plazo
measures-show = Mostrar
measures-show-open = Mostrar todo lo pendiente
measures-more-than = Hay { $count } o más pendientes. La lista se ordena por sus encabezados y se acota con las opciones de arriba.
measures-since = Desde
measures-person = Persona
measures-measure = Medida de evaluación
measures-point = Momento
measures-point-extra = Fuera de lo previsto

measures-chart-of = Puntuaciones del caso { $case }
measures-chart-about = { $scales ->
        [one] Una escala
       *[other] { $scales } escalas
    } desde el { $from }: cada puntuación, el margen de error de medida alrededor de la primera, el punto de corte clínico y dónde falta una puntuación. La tabla de abajo dice lo mismo.
measures-gap = no se midió: { $point }
measures-moved = Qué ha cambiado
measures-none = Todavía no se ha medido nada
measures-none-how = Más abajo está qué quiere medir el programa y cuándo.
measures-no-risk = Una puntuación dice cómo ha respondido alguien. No dice qué probabilidad hay de nada, y una puntuación más baja no significa menos riesgo.
measures-scores-of = Puntuaciones: { $scale }
measures-day = Día
measures-score = Puntuación
measures-scores = Puntuaciones
measures-scale = Escala
measures-band = Nivel
measures-rater = Quién valora
measures-rater-participant = autoinforme
measures-rater-interviewer = preguntado por el personal
measures-rater-professional = valorado por un profesional
measures-way = Cómo
measures-way-paper = pasado del papel
measures-way-professional = registrado
measures-way-device = en un dispositivo del servicio
measures-way-link = mediante un enlace
measures-not-scorable = respondido, no puntuable
measures-refused = no puntuable: { $items ->
        [one] falta 1 ítem
       *[other] faltan { $items } ítems
    }
measures-prorated = { $items ->
        [one] falta 1 ítem, prorrateado
       *[other] faltan { $items } ítems, prorrateados
    }

measures-said-no-score = todavía no hay puntuación
measures-said-one = medido una vez, el { $on }
measures-said-lower = { $one ->
        [1] 1 punto menos que el { $on }
       *[other] { $points } puntos menos que el { $on }
    }
measures-said-higher = { $one ->
        [1] 1 punto más que el { $on }
       *[other] { $points } puntos más que el { $on }
    }
measures-said-same = igual que el { $on }
measures-said-more = más que el error de medida al 95 %
measures-said-within = dentro del error de medida al 95 %
measures-said-unknown = no se puede calcular si es más que el error de medida
measures-said-above = por encima del punto de corte, { $cutoff }
measures-said-below = por debajo del punto de corte, { $cutoff }
measures-said-still-above = sigue por encima del punto de corte, { $cutoff }
measures-said-still-below = por debajo del punto de corte, { $cutoff }, como antes
measures-said-now-below = ahora por debajo del punto de corte, { $cutoff }
measures-said-now-above = ahora por encima del punto de corte, { $cutoff }
measures-said-prorated = { $items ->
        [one] 1 ítem prorrateado
       *[other] { $items } ítems prorrateados
    }
measures-said-prorated-first = { $items ->
        [one] 1 ítem prorrateado en la primera
       *[other] { $items } ítems prorrateados en la primera
    }
measures-said-versions = respondido en las versiones { $first } y { $last }
measures-said-raters = no valorado por el mismo tipo de evaluador
measures-said-unscored = las respuestas del { $on } no son puntuables
measures-basis = Cambio fiable por encima de { $threshold } (Jacobson y Truax, 1991): desviación típica { $sd }, { $kind } { $reliability }; { $population }; versión en { $language }. { $source }
measures-basis-none = El cambio fiable no se puede calcular en «{ $scale }»: no hay un baremo con desviación típica y fiabilidad.
measures-reliability-internal = consistencia interna
measures-reliability-test-retest = fiabilidad test-retest
measures-reliability-inter-rater = fiabilidad entre evaluadores
measures-reliability-unknown = fiabilidad

measures-due-title = Qué se mide y cuándo
measures-now = Pendiente ahora
measures-taken-on = medido el { $on }
measures-standing-coming = todavía no
measures-standing-coming-since = todavía no
measures-standing-due-since = pendiente desde el { $on }
measures-standing-overdue-since = fuera de plazo: pendiente desde el { $on }
measures-standing-missed-since = no se midió ({ $on })
measures-standing-due = pendiente
measures-standing-overdue = fuera de plazo
measures-standing-missed = no se midió
measures-standing-taken-since = medido
measures-standing-taken = medido
measures-own = { $count ->
        [one] No se mide aquí: 1 formulario propio del servicio
       *[other] No se miden aquí: { $count } formularios propios del servicio
    }
measures-own-form = Añada uno como instrumento para registrarlo aquí. Mientras tanto, la fecha dice cuándo lo quiere el programa, no si se rellenó, y su condición de paso se confirma a mano.
measures-take = Medir
measures-others = Otros instrumentos
measures-open = A la espera de respuestas
measures-open-device = en un dispositivo del servicio
measures-open-link = mediante un enlace
measures-open-paper = en papel
measures-open-professional = registrado
measures-take-back = Retirar
measures-take-back-sure = Nadie podrá responder ya. Lo respondido hasta ahora no queda como medición.
measures-back = Volver a la evaluación

measures-take-paper = En papel
measures-take-paper-how = La persona ha respondido en papel, o usted pregunta y anota las respuestas.
measures-take-professional = Registrar el resultado
measures-take-professional-how = Total, nivel, ítems que faltan y quién ha valorado. Los ítems de esta herramienta no se guardan aquí.
measures-enter = Registrar las respuestas
measures-take-self = La persona responde
measures-take-self-how = Elija el momento y el idioma, y después cómo le llega el formulario.
measures-take-device = En este dispositivo
measures-take-device-how = Usted entrega el dispositivo. La persona ve este formulario y nada más; su PIN le devuelve a su sesión.
measures-pin = Un PIN para volver
measures-pin-hint = De 4 a 8 cifras. Vale solo para este formulario.
measures-hand-over = Entregar
measures-take-link = Mediante un enlace
measures-take-link-how = Un enlace que sirve una sola vez y un código que usted comunica por otra vía. Vale una semana.
measures-make-link = Crear un enlace
measures-language = Idioma
measures-language-en = Inglés
measures-language-es = Español
measures-version-in-en = inglés
measures-version-in-es = español
measures-no-wording = El texto de este instrumento no se guarda aquí. Solicítelo a: { $ask }
measures-link-title = Enlace de un solo uso
measures-link-once = Los dos se muestran ahora y nunca más. Comunique el código por una vía distinta del enlace.
measures-link-address = Enlace
measures-link-code = Código
measures-link-until = Vale hasta el { $until }, o hasta que se entreguen las respuestas.

measures-second = segunda vez
measures-second-how = Vuelva a escribir las respuestas del papel. No se muestra lo que escribió la primera vez.
measures-differences = { $count ->
        [one] 1 respuesta no coincide con la primera vez. Mire el papel y deje lo que pone en él.
       *[other] { $count } respuestas no coinciden con la primera vez. Mire el papel y deje lo que pone en él.
    }
measures-first-time = la primera vez: { $value }
measures-keys = Escriba el número de cada respuesta; se pasa solo al campo siguiente. Déjelo vacío donde no se respondió.
measures-answered-on = Fecha de respuesta
measures-twice = Registrar dos veces
measures-twice-hint = Después se escriben otra vez y se muestran las diferencias.
measures-keep = Guardar
measures-item = Ítem { $item }
measures-fault-number = Escriba un número: { $takes }
measures-fault-range = Admite { $takes }, o nada
measures-fault-future = Ese día todavía no ha llegado
measures-fault-old = Ese día es de más de un año antes de la derivación. ¿Es correcto el año?
measures-fault-corrected = Alguien ha corregido esta respuesta mientras tanto. Abra la más reciente para corregirla otra vez.
measures-fault-empty = No hay ninguna respuesta
measures-fault-pin = De 4 a 8 cifras

measures-by = Registrado o entregado por
measures-version = Instrumento
measures-entered-twice = Registrado dos veces
measures-answers = Respuestas
measures-item-number = Ítem
measures-question = Pregunta
measures-answer = Respuesta
measures-missing = sin responder
measures-raised = Una respuesta ha dado lugar a una preocupación
measures-corrects = Corrige un registro anterior
measures-corrected = Se corrigió después: cuenta el registro más reciente
measures-correct = Corregir
measures-fhir = En FHIR
measures-concern = { $instrument }: a «{ $item }» se ha respondido «{ $answer }». Lo registra el programa a partir de la propia respuesta; nadie ha hablado todavía con la persona sobre ello.

measures-question-of = Pregunta { $number } de { $of }
measures-next = Siguiente
measures-previous = Atrás
measures-check = Al final
measures-may-skip = Puede dejar una pregunta sin responder. Sus respuestas se van guardando.
measures-all-at-once = Todas las preguntas a la vez
measures-one-by-one = Una pregunta cada vez
measures-answer-faults = No se ha podido leer una respuesta.
measures-code-title = Su código
measures-code-how = La persona que le envió este enlace le dio un código de seis cifras.
measures-code = Código
measures-code-wrong = Ese no es el código. Tras cinco intentos fallidos el enlace deja de funcionar.
measures-end-check = Antes de entregar
measures-end-thanks = Gracias
measures-end-whole = Ha respondido a todas las preguntas.
measures-end-missing = { $count ->
        [one] Queda 1 pregunta sin responder. Puede volver, o entregar así.
       *[other] Quedan { $count } preguntas sin responder. Puede volver, o entregar así.
    }
measures-hand-in = Entregar
measures-go-back = Volver
measures-end-device = Por favor, devuelva el dispositivo.
measures-end-link = Sus respuestas han llegado. Puede cerrar esta página.
measures-for-staff = Para el personal
measures-pin-leave = PIN
measures-pin-wrong = Ese no es el PIN. Tras cinco intentos fallidos hay que volver a iniciar sesión.
measures-leave = Salir del formulario
measures-help-title = No tiene que pasar por esto a solas
measures-help-person = Una de sus respuestas dice que lo está pasando mal. Alguien del servicio hablará con usted. También puede decirlo ahora a la persona que le dio este formulario.
measures-help-now = Si está en peligro o podría hacerse daño, llame al 112.
measures-help-lines = En España, el 024 atiende gratis, de día y de noche. En otros países, llame al número de emergencias.

measures-level-service = Puntuaciones antes y después
measures-level-group = Puntuaciones del grupo antes y después
measures-level-to-group = Volver al grupo
measures-level-from-group = Puntuaciones antes y después
measures-level-points = Primera puntuación, { $from }; puntuación posterior, { $to }.
measures-level-programme = Programa
measures-level-to = Puntuación posterior
measures-level-year = Empezaron en
measures-level-csv = En tabla
measures-level-csv-name = Nombre
measures-level-csv-title = Qué
measures-level-csv-carried = De ellas, la última puntuación sustituye a la posterior que falta
measures-level-no-effect = Las puntuaciones cambian por muchas razones: esta tabla no puede decir que las haya cambiado el programa.
measures-level-beside = Comparación
measures-level-completers = Llegaron a ese momento
measures-level-started = Todas las que empezaron
measures-level-people = Personas
measures-level-pairs = Con las dos puntuaciones
measures-level-before = Primera puntuación: media (DT)
measures-level-after = Puntuación posterior: media (DT)
measures-level-difference = Diferencia media [95 %]
measures-level-effect = Tamaño del efecto d (con la media de las dos DT)
measures-level-recovered = Recuperación: mejora mayor que el error y que cruza el punto de corte
measures-level-improved = Mejora mayor que el error
measures-level-unchanged = Dentro del error de medida
measures-level-deteriorated = Empeora más que el error
measures-level-harmed = Empeora más que el error y cruza el punto de corte
measures-level-mean-sd = { $mean } ({ $sd })
measures-level-interval = [de { $low } a { $high }]
measures-level-drawn = media { $before } primero, { $after } después
measures-level-basis = Mayor que el error: más de { $threshold } puntos. { $source }
measures-level-no-norm = No se puede calcular si un cambio supera el error de medida: ningún baremo de esta escala da a la vez desviación típica y fiabilidad.
measures-level-few = No se muestra ninguna media de menos de { $fewest } personas, ni cuando la diferencia entre las dos columnas hablaría de tan pocas: diría más de cada una de ellas que del programa.
measures-level-carried = { $people ->
        [one] De 1 persona sin puntuación posterior, entre todas las que empezaron cuenta la última que dio.
       *[other] De { $people } personas sin puntuación posterior, entre todas las que empezaron cuenta la última que dieron.
    }
measures-level-lost = Quién falta
measures-level-lost-before = Sin primera puntuación
measures-level-lost-ended = Una sola puntuación: terminaron antes de ese momento
measures-level-lost-way = Una sola puntuación: siguen en camino
measures-level-lost-reached = Una sola puntuación, aunque llegaron a ese momento
measures-level-lost-mean = Media de la primera puntuación de quienes solo tienen una
measures-level-none = No hay nada que comparar
measures-level-none-how = El programa no mide nada en dos momentos con un instrumento que el servicio tenga.
measures-level-nobody = No empezó nadie entonces
measures-level-nobody-how = Elija arriba otro año u otro programa.
