# La biblioteca de profesionales.
library-title = Biblioteca
library-intro = Material y formación públicos para quienes llevan estos programas: para leer, ver y seguir a su ritmo.
library-words = Título o entidad
library-topic = Tema
library-language = Idioma
library-level = Nivel
library-kind = Tipo
library-filter = Mostrar
library-clear = Mostrar todo
library-count = { $count ->
        [one] 1 entrada
       *[other] { $count } entradas
    }
library-caption = Entradas de la biblioteca
library-col-title = Título
library-provider = Entidad
library-hours = Horas
library-unchecked = Sin comprobar desde
library-none = Nada coincide con esos filtros.
library-none-how = Quite alguno.
library-empty = La biblioteca está vacía.
library-empty-how = Añada un library.toml en la carpeta library del contenido.
library-note = Las direcciones son de terceros y pueden cambiar. «Sin comprobar desde» indica el día desde el que nadie ha mirado si la entrada sigue ahí y sigue siendo gratuita. Figurar aquí no es una recomendación.
library-open = Biblioteca: material para aprender
library-level-introductory = inicial
library-level-intermediate = medio
library-level-advanced = avanzado
library-kind-site = sitio web
library-kind-training = curso
library-kind-document = documento
library-kind-article = artículo
library-kind-journal = revista
library-kind-film = película
library-kind-tool = herramienta
