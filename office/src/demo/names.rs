//! Invented people, and plainly so: no family name here is anybody's.

use super::chance::Chance;

const GIVEN: &[&str] = &[
    "Alberto",
    "Álvaro",
    "Andrés",
    "Ángel",
    "Antonio",
    "Arturo",
    "Benito",
    "Bruno",
    "Carlos",
    "César",
    "Damián",
    "Daniel",
    "David",
    "Diego",
    "Eduardo",
    "Elías",
    "Emilio",
    "Enrique",
    "Esteban",
    "Fabián",
    "Federico",
    "Félix",
    "Fernando",
    "Francisco",
    "Gabriel",
    "Gonzalo",
    "Guillermo",
    "Gustavo",
    "Héctor",
    "Hugo",
    "Ignacio",
    "Iker",
    "Isidro",
    "Iván",
    "Jaime",
    "Javier",
    "Joaquín",
    "Jorge",
    "José",
    "Juan",
    "Julián",
    "Julio",
    "Leandro",
    "Lorenzo",
    "Lucas",
    "Luis",
    "Manuel",
    "Marcos",
    "Mario",
    "Martín",
    "Mateo",
    "Miguel",
    "Nicolás",
    "Óscar",
    "Pablo",
    "Pedro",
    "Rafael",
    "Ramón",
    "Raúl",
    "Ricardo",
    "Roberto",
    "Rodrigo",
    "Rubén",
    "Samuel",
    "Santiago",
    "Saúl",
    "Sergio",
    "Simón",
    "Tomás",
    "Vicente",
    "Víctor",
    "Xavier",
    "Yago",
    "José Luis",
    "Juan Carlos",
    "Luis Miguel",
    "Jean-Pierre",
    "João",
    "Søren",
    "Łukasz",
    "Mihăiță",
    "Marta",
    "Elena",
    "Nuria",
];
const FAMILY: &[&str] = &[
    "Ficticio",
    "Inventado",
    "Inventada",
    "Ejemplo",
    "Ensayo",
    "Prueba",
    "Supuesto",
    "Imaginario",
    "Hipotético",
    "Figurado",
    "Simulado",
    "Muestra",
    "Maqueta",
    "Borrador",
    "Irreal",
    "Inexistente",
    "Seudónimo",
    "Quimera",
    "Utopía",
    "Leyenda",
    "Fábula",
    "Cuento",
    "Novela",
    "Personaje",
    "Guion",
    "Comedia",
    "Decorado",
    "Comparsa",
    "Figurante",
    "Apócrifo",
    "Imaginado",
    "Invención",
    "Fantasía",
    "Modelo",
    "Boceto",
    "Croquis",
    "Esbozo",
    "Plantilla",
    "Ilusorio",
    "Novelesco",
    "de la Prueba",
    "del Ensayo",
    "Ejemplo-Prueba",
    "O'Ejemplo",
    "Ñoficticio",
    "Sample",
    "Mockname",
    "Placeholder",
];
const ELSEWHERE: &[(&str, &str)] = &[
    ("Иван", "Примеров"),
    ("Олексій", "Вигаданий"),
    ("Νίκος", "Παραδειγματάκης"),
    ("أحمد", "مثالي"),
    ("伟", "示例"),
    ("太郎", "見本"),
    ("Émile", "Fictif-Exemple"),
    ("Zoltán", "Példa"),
    ("İsmail", "Örnek"),
    ("Þór", "Dæmisson"),
];

/// A name: given names and family names, as the person writes them.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Given names.
    pub given: String,
    /// Family names.
    pub family: String,
}

/// Somebody's name. One in fifty is written in another alphabet or comes from elsewhere.
pub(super) fn name(chance: &mut Chance) -> Name {
    if chance.percent(2) {
        let (given, family) = chance.pick(ELSEWHERE);
        return Name { given: (*given).to_owned(), family: (*family).to_owned() };
    }
    let given = (*chance.pick(GIVEN)).to_owned();
    let first = *chance.pick(FAMILY);
    let second = *chance.pick(FAMILY);
    Name { given, family: format!("{first} {second}") }
}

const STAFF: &[&str] = &[
    "Alba", "Aitana", "Beatriz", "Blanca", "Carmen", "Clara", "Cristina", "Dolores", "Elisa", "Esther", "Gloria", "Inés", "Irene",
    "Isabel", "Julia", "Laura", "Lucía", "Marina", "Mercedes", "Mónica", "Noelia", "Olga", "Paula", "Pilar", "Raquel", "Rocío", "Sara",
    "Silvia", "Sonia", "Teresa", "Adrián", "Alonso", "Borja", "Fermín", "Gael", "Ismael", "Leo", "Nicanor", "Omar", "Teo",
];

/// The name colleagues see of a member of staff.
pub(super) fn staff_name(chance: &mut Chance) -> String {
    let given = *chance.pick(STAFF);
    format!("{given} {} {}", chance.pick(FAMILY), chance.pick(FAMILY))
}

/// Titles of places, by region; more are made by numbering.
pub(super) const REGIONS: &[(&str, &[&str])] = &[
    ("Demo North · Norte de muestra", &["Puerto Claro", "Villa Ensayo", "Monte Ejemplo"]),
    ("Demo South · Sur de muestra", &["Valle Supuesto", "Costa Prueba", "Río Figurado"]),
    ("Demo East · Este de muestra", &["Isla Maqueta", "Sierra Boceto", "Llano Imaginario"]),
    ("Demo West · Oeste de muestra", &["Fuente Apócrifa", "Campo Modelo", "Cala Irreal"]),
];
