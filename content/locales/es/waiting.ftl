# La lista de espera.
waiting-title = Lista de espera
waiting-count = { $count ->
        [0] Aquí no espera nadie.
        [one] Espera una persona.
       *[other] Esperan { $count } personas.
    }
waiting-count-passed = { $count ->
        [one] Para una ha pasado la última fecha de inicio: el programa ya no puede terminar dentro de la medida.
       *[other] Para { $count } ha pasado la última fecha de inicio: el programa ya no puede terminar dentro de la medida.
    }
waiting-count-within = { $count ->
        [one] Una debe empezar en las próximas ocho semanas.
       *[other] { $count } deben empezar en las próximas ocho semanas.
    }
waiting-few = Un grupo empieza con { $needed } personas como mínimo; por ahora { $count ->
        [one] espera una
       *[other] esperan { $count }
    }. Mire en otros centros o empiece entretanto la fase individual.
waiting-caption = Lista de espera
waiting-latest = Última fecha de inicio
waiting-days = Días de espera
waiting-since = desde el { $date }
waiting-risk = Nivel de riesgo
waiting-need = Nivel de necesidad
waiting-level-low = Bajo
waiting-level-medium = Medio
waiting-level-high = Alto
waiting-not-assessed = Sin valorar
waiting-fitted = Idioma y necesidades
waiting-language = Idioma
waiting-slot = Puede acudir
waiting-all-places = Todos mis centros
waiting-alarm-passed = { $days ->
        [one] pasó ayer
       *[other] pasó hace { $days } días
    }
waiting-alarm-within = { $days ->
        [0] hoy es el último día
        [one] queda un día
       *[other] quedan { $days } días
    }
waiting-alarm-fine = con tiempo
waiting-alarm-no-order-end = medida sin fin
waiting-kind-passed = Pasada
waiting-kind-within = En las próximas ocho semanas
waiting-kind-fine = Más adelante
waiting-kind-no-order-end = Medida sin fin
waiting-tag-reading = lectura
waiting-tag-hearing = audición
waiting-tag-attention = atención
waiting-tag-language = idioma
waiting-tag-other = otra necesidad
waiting-clear = Quitar los filtros
waiting-none = Aquí no espera nadie
waiting-none-how = Se entra en la lista tras la decisión de idoneidad y la valoración de riesgo y necesidad.
waiting-none-go = Personas idóneas
waiting-none-narrowed = Nadie cumple todo esto
waiting-none-narrowed-how = Quite algún filtro o mire en otro centro.
waiting-select = Elegir para un grupo
waiting-select-one = Elegir a { $name } para un grupo
waiting-group = Formar un grupo con las personas elegidas
