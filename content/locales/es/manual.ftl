# El manual como libro: índice, guía, búsqueda, fichas.
manual-manual = Manual
manual-read = Leer el manual
manual-handbook = Guía del facilitador
manual-language = Texto en
manual-elsewhere = «{ $heading }» en { $language }
manual-search = Buscar en el manual
manual-search-go = Buscar
manual-found-for = «{ $q }» en el manual
manual-found-in = { $language }: { $count ->
        [one] 1 pasaje
       *[other] { $count } pasajes
    }
manual-found-none = Nada en el manual contiene esas palabras.
manual-found-none-how = Pruebe con menos palabras o con otras. Las formas de la palabra y las tildes no cuentan.
manual-print = Para imprimir
manual-print-how = Todas las páginas del manual se imprimen sin menús: use la orden de imprimir del navegador.
manual-print-now = Imprimir esta página
manual-sheet = La ficha del participante
manual-sheets = Fichas del participante
manual-sheets-all = Todas las fichas del participante
manual-sheets-of = Fichas: { $of }
manual-sheets-how = Cada ficha se imprime en una hoja A4. Elija A4 y sin ajuste de escala.
manual-sheets-none = Aquí no hay ninguna ficha.
manual-sheets-none-how = Estas sesiones no tienen ficha del participante.
manual-sheet-name = Nombre
manual-sheet-date = Fecha
manual-sheet-goals = Mis metas
manual-whole-module = El módulo entero en una página
manual-modules-neighbours = Módulos anterior y siguiente
manual-chapters-neighbours = Capítulos anterior y siguiente
manual-structure = Estructura
manual-structure-go = Dosis, objetivos, condiciones de paso y evaluación
print-contents = Índice
