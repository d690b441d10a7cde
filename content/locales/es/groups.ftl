# Grupos: formación, miembros, inicio, salida, cierre.
groups-title = Grupos
groups-new = Formar un grupo
groups-caption = Grupos
groups-name = Nombre del grupo
groups-name-hint = Un nombre que el equipo reconozca, como «Martes tarde». Nunca el de una persona.
groups-place = Centro
groups-programme = Programa
groups-track = Itinerario
groups-standing = Estado
groups-standing-open = En formación o en marcha
groups-standing-forming = En formación
groups-standing-running = En marcha
groups-standing-closed = Cerrado
groups-standing-all = Todos
groups-filter = Mostrar
groups-first = Primer día
groups-last = Última sesión
groups-next = Próxima sesión
groups-no-next = ninguna prevista
groups-members = Participantes
groups-of-most = { $members } de un máximo de { $most }
groups-facilitators = Facilitadores
groups-facilitators-hint = Quienes marque dirigen el grupo y ven los casos de sus participantes. Arriba consta cuántas personas recomienda el programa.
groups-recommended = se recomiendan { $count }
groups-none = Todavía no hay grupos
groups-none-how = Un grupo se forma con quienes esperan, o con quienes tienen por delante una fase grupal.
groups-none-yours = Ahora no dirige ningún grupo. La asignación corresponde a coordinación.
groups-none-here = Ningún grupo coincide con lo elegido
groups-none-here-how = Muestre todos los grupos o elija otro estado u otro centro.
groups-show-all = Mostrar todos

groups-no-place = No hay centro en el que formar un grupo
groups-no-place-how = Los grupos los forman coordinación o la persona responsable de tratamiento de un centro.
groups-next-step = Siguiente
groups-kind = Programa, fase e itinerario
groups-kind-sessions = { $count ->
        [one] Una sesión de { $minutes } minutos.
       *[other] { $count } sesiones de unos { $minutes } minutos.
    }
groups-kind-size = De { $min } a { $max } participantes; se recomiendan { $facilitators } facilitadores.
groups-language = Idioma
groups-language-en = Inglés
groups-language-es = Español
groups-language-ca = Catalán
groups-language-eu = Euskera
groups-language-gl = Gallego
groups-language-fr = Francés
groups-language-pt = Portugués
groups-language-ro = Rumano
groups-language-ar = Árabe
groups-when = Cuándo y dónde
groups-first-day = Primer día
groups-first-past = Un grupo no empieza en el pasado.
groups-no-staff = En este centro todavía no hay facilitadores. La función la asigna administración.
groups-taken = { $count ->
        [one] { $why }
       *[other] { $why } Ocurre en { $count } días.
    }
groups-round = Evitar los días ocupados
groups-round-hint = Esas sesiones pasan a la siguiente semana libre.
groups-form-go = Formar el grupo
groups-edit = Cambiar
groups-edit-title = Cambiar el grupo: { $title }
groups-edit-note = Las sesiones aún no celebradas se planifican de nuevo. Las registradas quedan como están.
groups-changed = Otra persona ha cambiado este grupo desde que se mostró la página. Mire qué hay nuevo y vuelva a intentarlo. Se conserva lo que introdujo.

groups-facts = Sobre el grupo
groups-slot = Franja horaria
groups-next-session = Próxima sesión
groups-open-session = Abrir la sesión
groups-move-session = Moverla
groups-no-members = Todavía no hay participantes en este grupo. Admita a alguien más abajo.
groups-members-caption = Participantes de este grupo
groups-who = Participante
groups-joined = Desde
groups-dose = Sesiones recibidas
groups-missed = Perdidas
groups-share = Porcentaje de los minutos que correspondían
groups-actions = Acciones
groups-leave = Salida
groups-gone = { $count ->
        [one] Una persona ha salido
       *[other] { $count } personas han salido
    }
groups-places-left = { $count ->
        [0] El grupo está completo.
        [one] Queda una plaza.
       *[other] Quedan { $count } plazas.
    }
groups-candidates = Quién podría incorporarse
groups-candidates-note = Primero quienes mejor encajan y, a igualdad, aquellos cuyo inicio apremia más. La comparación no decide nada: decide usted.
groups-candidates-caption = Personas que podrían incorporarse a este grupo
groups-rejoin = Reincorporarse en el mismo punto
groups-rejoin-note = Un grupo en marcha admite a quien ha hecho al menos lo que el grupo ha celebrado. Se pueden repetir sesiones, no perderlas.
groups-no-candidates = Ahora nadie espera plaza en este grupo.
groups-latest = Última fecha de inicio
groups-no-order-end = medida sin fin
groups-since = Desde
groups-fit = Cómo encaja
groups-fit-slot = puede acudir a esa hora
groups-fit-slot-not = no puede acudir el { $day } a las { $time }
groups-fit-slot-unknown = horario desconocido
groups-fit-language = sigue el idioma
groups-fit-language-not = no sigue el idioma
groups-fit-language-unknown = idioma desconocido
groups-fit-order = termina dentro de la medida
groups-fit-order-not = { $days ->
        [one] la medida termina { $days } día antes que el grupo
       *[other] la medida termina { $days } días antes que el grupo
    }
groups-fit-order-unknown = fin de la medida desconocido
groups-fit-size = hay plaza
groups-fit-size-not = completo con { $most }
groups-fit-track = sigue otro itinerario: { $track }
groups-point-same = ha hecho las mismas sesiones
groups-point-behind = { $count ->
        [one] repetiría una sesión
       *[other] repetiría { $count } sesiones
    }
groups-point-ahead = { $count ->
        [one] perdería una sesión
       *[other] perdería { $count } sesiones
    }
groups-admit = Admitir a quienes están marcados
groups-rejoin-go = Incorporar a quienes están marcados
groups-nobody-ticked = Marque al menos a una persona.
groups-no-longer-candidate = Alguna de las personas marcadas ya no puede incorporarse. La lista de abajo está al día.
groups-refused-full = El grupo está completo: el programa permite { $most } participantes como máximo.
groups-refused-member = { $name } ya está en el grupo.
groups-refused-begun = { $name } no puede ser admitido en este momento del grupo.
groups-refused-closed = El grupo está cerrado.
groups-refused-ahead = { $name } perdería sesiones: { $count }.
groups-refused-early = { $name } salió de un grupo después de ese día.

groups-sessions = Sesiones
groups-sessions-caption = Sesiones de este grupo por orden
groups-no-sessions = No hay sesiones planificadas. Cambie el grupo para darle días.
groups-number = N.º
groups-by-hand = fijada a mano
groups-move = Mover
groups-session-planned = prevista
groups-session-overdue = sin registro
groups-session-recorded = registrada
groups-session-signed = firmada
groups-session-cancelled = cancelada

groups-leaving-title = { $name } sale del grupo
groups-leaving-note = El tiempo en este grupo queda registrado. El caso no termina: puede incorporarse a otro grupo en el mismo punto.
groups-leaving-on = Último día en el grupo
groups-leaving-reason = Motivo
groups-leaving-go = Registrar la salida
groups-leave-future = Ese día no ha llegado todavía.
groups-leave-before = Nadie sale antes de entrar.
groups-leave-not-member = Esta persona ya no está en el grupo.
groups-left-work = Trabajo o formación a esa hora
groups-left-health = Salud
groups-left-moved = Cambio de domicilio
groups-left-other-group = Continúa en otro grupo
groups-left-group-fit = Este grupo no es el adecuado para la persona
groups-left-ended = Ha terminado el programa o la medida
groups-left-stopped-coming = Dejó de acudir
groups-left-other = Otro; la nota lo explica
groups-left-group-closed = El grupo se cerró

groups-start = Iniciar el grupo
groups-start-title = Iniciar el grupo: { $title }
groups-start-note = Las personas de abajo entran en la fase ese día. Si una no puede, no entra ninguna hasta que se resuelva.
groups-start-on = Día de inicio
groups-start-go = Iniciar
groups-start-done = Este grupo ya se ha iniciado
groups-start-nobody = El grupo todavía no tiene participantes
groups-start-nobody-how = Admita antes a alguien.
groups-start-stays = Ya está en esta fase y continúa en este grupo.
groups-start-cannot = { $name } no puede entrar en esta fase desde donde está su caso. Registre su salida del grupo o lleve antes el caso hasta ahí.
groups-start-future = El día de inicio no ha llegado todavía.
groups-start-before = Para { $name } el día no puede ser anterior al { $day }.
groups-gate-open = Se cumplen todas las condiciones
groups-gate-unmet = { $count ->
        [one] Una condición no se cumple
       *[other] { $count } condiciones no se cumplen
    }
groups-gate-look = Ver las condiciones
groups-start-reason = Por qué entra de todos modos
groups-start-reason-hint = Su nombre queda registrado con el motivo. Sin motivo la persona no puede entrar.
groups-start-reason-missing = Diga por qué entra { $name } aunque no se cumplan todas las condiciones.
groups-start-not-allowed = Para { $name } no se cumplen todas las condiciones. La persona responsable de tratamiento puede autorizar el paso contra la regla.
groups-refused-already-begun = El grupo ya ha empezado.
groups-refused-few = El programa inicia un grupo con { $min } participantes como mínimo; este tiene { $members }. Admita antes a más personas.
groups-refused-before-start = Un grupo no termina antes de empezar ni antes de que alguien entrara.

groups-close = Cerrar
groups-closing-title = Cerrar el grupo: { $title }
groups-closing-note = { $members ->
        [one] Una persona sale ese día
       *[other] { $members } personas salen ese día
    } y { $ahead ->
        [0] no se cancela ninguna sesión.
        [one] se cancela una sesión prevista.
       *[other] se cancelan { $ahead } sesiones previstas.
    } Los casos siguen donde están.
groups-closing-on = Último día del grupo
groups-closing-go = Cerrar el grupo
groups-closed-already = Este grupo está cerrado
