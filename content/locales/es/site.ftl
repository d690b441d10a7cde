# Lo que ambos programas dicen en todas las páginas. Cada parte tiene su propio archivo junto a este.

## La lengua
language-tag = es-ES
language-name = Español
# Se escribe de izquierda a derecha (ltr) o de derecha a izquierda (rtl).
language-direction = ltr
# Porcentajes: { $number } ya viene escrito como se escriben los números en esta lengua.
percent = { $number } %

## Días, contados desde hoy
day-today = hoy
day-tomorrow = mañana
day-yesterday = ayer
days-ahead =
    { $days ->
        [one] dentro de { $days } día
       *[other] dentro de { $days } días
    }
days-ago =
    { $days ->
        [one] hace { $days } día
       *[other] hace { $days } días
    }

## Marco
site-skip = Ir al contenido
site-main-navigation = Principal
site-menu = Menú
site-search = Buscar
site-search-hint = Nombre o número
site-language = Idioma
site-signed-in = Sesión de { $name }
site-sign-out = Cerrar sesión
site-section-navigation = Apartados de esta página
site-footer = Fairway. Software libre con licencia EUPL 1.2.
site-keys-help = Teclas de esta página
site-close = Cerrar
site-keys-search = ir al buscador
site-keys-show = mostrar esta ayuda
site-keys-main = ir a { $page }

## Formularios
form-required = obligatorio
form-optional = opcional
form-save = Guardar
form-cancel = Cancelar
form-choose = Elija…
form-none = Ninguno
form-any = Cualquiera
form-yes = Sí
form-no = No
form-faults-heading = { $count ->
        [one] Hay una respuesta por revisar
       *[other] Hay { $count } respuestas por revisar
    }
form-faults-kept = Lo que ha escrito sigue aquí. Todavía no se ha guardado nada.
form-error-prefix = Revise esto:
form-fault-missing = Este dato es necesario para continuar.
form-fault-too-long = El texto es demasiado largo: tiene { $length } caracteres y caben { $max }.
form-fault-control = Hay un carácter que no se puede mostrar. Quizá llegó al copiar; vuelva a escribir el texto.
form-fault-date = No reconocemos esta fecha. Ejemplos: 23 nov 2026, 23/11/2026 o 2026-11-23.
form-fault-time = No reconocemos esta hora. Ejemplo: 17:30.
form-fault-number = Escriba un número entero, en cifras.
form-fault-range = El número debe estar entre { $min } y { $max }.
form-fault-choice = Elija una de las respuestas que se ofrecen.
form-fault-reference = Lo que se indica aquí no existe. Elija de nuevo.
form-fault-email = No parece una dirección de correo electrónico.
form-autosave-saving = Guardando el borrador…
form-autosave-saved = Borrador guardado a las { $time }
form-autosave-failed = No se ha podido guardar el borrador. No cierre esta página; lo intentaremos de nuevo.
form-confirm-heading = ¿Seguro?
form-confirm-go = Sí, continuar

## Listas
list-pages = Páginas
list-page-previous = Anterior
list-page-next = Siguiente
list-page-of = Página { $page } de { $pages }
list-range = { $from } a { $to } de { $total }
list-sorted-up = en orden ascendente
list-sorted-down = en orden descendente
list-sort-by = Ordenar por { $column }
list-table-scroll = Tabla: deslice hacia los lados para verla entera

## El recorrido de una persona por el programa
way-done = hecho
way-now = en curso
way-ahead = por delante
way-of = { $done } de { $planned }

## Hilo del caso
thread-description = { $lanes ->
        [one] Un objetivo
       *[other] { $lanes } objetivos
    } del { $from } al { $to }: sesiones previstas, asistidas y perdidas, puntuaciones con su margen de error de medida y lo observado. La tabla de abajo dice lo mismo.
thread-today = hoy
thread-read-table = Leer como tabla
thread-target = Objetivo
thread-when = Cuándo
thread-what = Qué
thread-detail = Detalle
thread-score = Puntuación { $value }
thread-kind-attended = asistió
thread-kind-part = asistió en parte
thread-kind-missed = faltó
thread-kind-planned = prevista
thread-kind-made-up = recuperada
thread-kind-seen = observado
thread-kind-score = puntuación
thread-kind-gap = sin puntuación
thread-kind-phase = empieza la fase
thread-legend-attended = Asistió
thread-legend-part = En parte
thread-legend-missed = Faltó
thread-legend-made-up = Recuperada
thread-legend-planned = Prevista
thread-legend-seen = Algo observado
thread-legend-own = Puntuación de las propias respuestas
thread-legend-other = Puntuación preguntada o valorada por otra persona
thread-legend-gap = Sin puntuación: no se midió o no se pudo puntuar
thread-legend-band = Dentro del error de medida de la primera puntuación
thread-legend-cut = Punto de corte clínico
thread-empty-lane = Nada registrado todavía
thread-band-text = Las puntuaciones de { $low } a { $high } están dentro del error de medida de la primera.
thread-cut-text = Punto de corte clínico: { $value }.
thread-lane-now = Ir a { $target }

## Barras
bar-planned-delivered = { $delivered } de { $planned }
