# Búsqueda.
search-title = Buscar
search-what = Nombre o número
search-hint = Un nombre, el principio de uno, un documento de identidad o un número de caso como 2026-0143. No importan los acentos ni una errata por palabra.
search-go = Buscar
search-caption = Casos encontrados
search-none = No se ha encontrado nada
search-none-tried-before = Se ha buscado
search-none-tried = Se ha probado con las palabras tal como están, con principios de nombres y con nombres a una errata de distancia, sin tener en cuenta los acentos, y con números de caso. Solo se busca en los casos con los que usted trabaja. Puede ayudar escribir menos letras o de otra manera.
search-more = Se muestran las { $count } coincidencias más cercanas. Con una palabra más se acota la búsqueda.
