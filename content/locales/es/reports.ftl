# Informes a juzgados y a otros.
reports-title = Informes
reports-report = Informe
reports-addition = Adición a un informe firmado
reports-due = Plazo
reports-days = Periodo que abarca
reports-covers = { $from } a { $to }
reports-standing = Estado
reports-standing-due = pendiente
reports-standing-late = fuera de plazo
reports-standing-draft = borrador
reports-standing-signed = firmado
reports-standing-not-needed = no es necesario
reports-signed-by = Firmado por { $name }, { $at }
reports-begun-by = iniciado por { $name }
reports-none = Todavía no hay informes
reports-none-how = Los informes vencen según la ley del lugar y según el programa una vez iniciado el caso.
reports-save = Guardar el borrador
reports-sign = Firmar
reports-sign-sure = ¿Firmar este informe? Después podrá completarse, pero no modificarse.
reports-sign-note = La firma conserva su nombre y la hora. Después un informe se completa, pero no se modifica.
reports-paper = Tal como se imprime
reports-write = Redactar
reports-add = Redactar una adición
reports-unsigned = Borrador sin firmar.
reports-number = Caso
reports-to = Destinatario
reports-closing = Este informe expone cómo ha participado la persona. No se pronuncia sobre la probabilidad de nuevos delitos.
reports-signature-line = Firma: ______________________________
reports-about-title = Completado con el expediente
reports-about-text = Cada apartado comienza con lo registrado en el periodo. Léalo, corríjalo y exponga con sus palabras lo importante.
reports-never = Un informe expone lo que se hizo y se observó. No emite un juicio sobre el riesgo: eso exige una valoración especializada con su propio instrumento.
reports-section-who = Persona y base legal
reports-section-programme = Programa
reports-section-attendance = Asistencia y dosis
reports-section-phases = Fases
reports-section-targets = Objetivos de tratamiento trabajados
reports-section-needs = Necesidades valoradas
reports-section-goals = Metas con las palabras de la persona
reports-section-concerns = Preocupaciones
reports-section-summary = Síntesis del profesional
reports-summary-hint = Cómo ha participado la persona, qué ha ayudado, qué lo ha dificultado y qué viene después.
reports-fault-no-summary = Un informe se firma con su propia síntesis.
reports-fault-stale = { $name } guardó este informe mientras usted escribía. Lo que ha escrito sigue aquí; consulte lo suyo en otra pestaña antes de guardar encima.
reports-fault-signed = { $name } firmó este informe mientras usted escribía. Ya no puede modificarse; copie lo que ha escrito y redacte una adición.
reports-fill-who = { $name }, con fecha de nacimiento { $born }.
reports-fill-basis = Base legal: { $basis }.
reports-fill-order = La medida se extiende del { $from } al { $to }.
reports-fill-programme = { $title }, versión { $version }.
reports-fill-track = Itinerario: { $track }.
reports-fill-not-yet = El periodo de este informe empieza el { $from }; aún no hay nada que contar.
reports-fill-held = { $count ->
        [0] No se celebró ninguna sesión del { $from } al { $to }.
        [one] Se celebró 1 sesión del { $from } al { $to }.
       *[other] Se celebraron { $count } sesiones del { $from } al { $to }.
    }
reports-fill-attended = Asistió: { $attended }; en parte: { $part }.
reports-fill-absent = Ausencias justificadas: { $accepted }; sin justificar: { $unaccepted }; recuperadas después: { $made }.
reports-fill-dose = Dosis recibida: { $delivered } de { $planned } minutos previstos.
reports-fill-phase = { $phase }: iniciada el { $on }.
reports-fill-not-begun = No se ha iniciado ninguna fase.
reports-fill-ended = { $stage } el { $on }.
reports-stage-completed = Finalizado
reports-stage-ended-early = Finalizado antes de tiempo
reports-stage-never-started = Terminado sin haberse iniciado
reports-stage-not-suitable = Valorado como no idóneo
reports-stage-referred = Derivado
reports-stage-suitable = Valorado como idóneo
reports-stage-waiting = En espera
reports-stage-in-phase = En tratamiento
reports-fill-targets = En las sesiones a las que asistió se trabajó: { $targets }.
reports-fill-no-targets = En este periodo no se ha trabajado ningún objetivo de tratamiento.
reports-fill-need-present = Presente: { $targets }.
reports-fill-need-absent = Ausente: { $targets }.
reports-fill-need-unclear = Poco claro: { $targets }.
reports-fill-need-not-yet-assessed = Aún sin valorar: { $targets }.
reports-fill-goal = «{ $words }»
reports-fill-no-goals = Todavía no se han escrito metas.
reports-fill-concerns = { $recorded ->
        [one] En este periodo se registró 1 preocupación
       *[other] En este periodo se registraron { $recorded } preocupaciones
    }; { $open ->
        [0] ninguna sigue abierta.
        [one] 1 sigue abierta.
       *[other] { $open } siguen abiertas.
    }
reports-fill-no-concerns = En este periodo no se registró ninguna preocupación.
