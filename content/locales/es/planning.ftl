# Planificación: la franja de las sesiones individuales, mover una sesión, recuperaciones.
planning-title = Planificar sesiones: { $name }
planning-to-case = Ir al caso
planning-to-groups = Ir a los grupos
planning-back = Volver
planning-no-phase = Todavía no hay nada que planificar
planning-no-phase-how = Las sesiones se planifican cuando el caso ha entrado en una fase del programa.
planning-no-track = Todavía no se conoce el itinerario
planning-no-track-how = Las sesiones que se planifican dependen del riesgo y de la necesidad. Indique antes ambos niveles en el caso.
planning-nothing = Esta fase no tiene sesiones individuales
planning-nothing-how = Sus sesiones son grupales y se planifican con el grupo.
planning-changed = Algo ha cambiado desde que se mostró esta página. Mire la nueva planificación y confirme de nuevo. Se conserva lo que eligió.
planning-slot = Cuándo se celebran las sesiones
planning-days = Días de la semana
planning-days-hint = Más de uno si el programa pide dos sesiones por semana.
planning-time = Hora
planning-time-hint = Por ejemplo, 17:30
planning-room = Sala
planning-from = No antes del
planning-from-hint = Por ejemplo, 23 nov 2026
planning-from-past = No se pueden planificar sesiones en el pasado.
planning-overdue = { $count ->
        [one] Dar un nuevo día a la sesión cuyo día pasó sin registro
       *[other] Dar nuevos días a las { $count } sesiones cuyo día pasó sin registro
    }
planning-overdue-hint = Solo si no se celebraron. Si se celebraron, regístrelas.
planning-show = Ver la planificación
planning-preview = Lo que se planificaría
planning-usual = Tal como está ahora
planning-usual-note = Elija arriba días y hora para ver otra planificación. Nada cambia hasta que la guarde.
planning-keep = Guardar esta planificación
planning-lines = Sesiones por orden
planning-session = Sesión
planning-day = Día
planning-hour = Hora
planning-because = Por qué no antes
planning-ends = La última sesión es el { $day }.
planning-beyond-order = { $days ->
        [one] Es { $days } día después del fin de la medida, el { $day }.
       *[other] Son { $days } días después del fin de la medida, el { $day }.
    }
planning-unplaced = { $count ->
        [one] Una sesión se queda sin día. { $why }
       *[other] { $count } sesiones se quedan sin día. { $why }
    }

planning-why-holiday = { $day } está cerrado.
planning-why-absent = { $who } está ausente el { $day }.
planning-why-room = La sala { $room } está ocupada el { $day } a esa hora.
planning-why-person = { $who } tiene otra sesión el { $day } a esa hora.
planning-why-participant = La persona participante tiene otra sesión el { $day } a esa hora.
planning-why-own = El { $day } a esa hora ya hay otra sesión de la misma planificación.
planning-why-not-held = El { $day } ya ha pasado.
planning-why-before-start = El { $day } es anterior al primer día posible.
planning-why-overtaken = El { $day } ya no iría después de la sesión anterior.
planning-why-no-slot = No se ha elegido ninguna franja horaria.
planning-why-midnight = Terminaría después de medianoche.
planning-why-horizon = No hay ninguna franja libre en tres años.
planning-why-after = La sesión anterior no tiene día.

planning-move-title = Mover una sesión: { $session }
planning-move-stands = Planificada para el { $when }.
planning-move-on = Nuevo día
planning-move-reach = Qué se mueve
planning-move-this = Solo esta
planning-move-this-hint = Las demás se quedan donde están.
planning-move-after = Esta y todas las siguientes
planning-move-after-hint = Las siguientes continúan al ritmo del programa. Se pierden los días fijados a mano entre ellas.
planning-move-show = Ver qué se movería
planning-move-count = { $count ->
        [0] No se movería nada
        [one] Se movería una sesión
       *[other] Se moverían { $count } sesiones
    }
planning-move-lines = Lo que se movería
planning-move-was = De
planning-move-becomes = A
planning-move-no-day = sin día
planning-move-closer = Así la sesión queda más cerca de la contigua de lo que marca el ritmo del programa.
planning-move-go = Mover
planning-move-not = Esta sesión se queda donde está
planning-move-unknown = Esta sesión ya no forma parte de la planificación.
planning-move-recorded = Una sesión registrada o cancelada no se mueve.
planning-move-past = No se puede mover una sesión al pasado.
planning-move-before-start = El programa no puede empezar antes del { $day }.
planning-move-before-previous = Quedaría antes de «{ $session }», que debe celebrarse primero.
planning-move-after-next = Quedaría después de «{ $session }». Elija un día anterior o mueva también las siguientes.

planning-make-up-title = Recuperar una sesión: { $session }
planning-make-up-missed = perdida el { $day }
planning-make-up-until = debe recuperarse como muy tarde el { $day }
planning-make-up-individual = El programa recupera esta sesión con una sesión individual.
planning-make-up-next-group = El programa recupera esta sesión en otro grupo que la celebre. Si ninguno lo hace a tiempo, planifique una sesión individual.
planning-make-up-sheet = El programa recupera esta sesión con su ficha del participante, trabajada en una reunión breve.
planning-make-up-elsewhere = Grupos que celebrarán esta sesión
planning-make-up-keep = Planificar la recuperación
planning-make-up-settled = Esta recuperación ya no está pendiente: se ha planificado, se ha hecho o se ha dispensado.
planning-make-up-move = Moverla
