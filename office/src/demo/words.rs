//! What invented professionals write in the demo: short, person-first, harmless sentences in two languages.

use super::chance::Chance;

/// The language somebody writes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// Spanish.
    Spanish,
}

/// A pool of sentences: English beside Spanish.
pub(super) type Pool = &'static [(&'static str, &'static str)];

/// One sentence of a pool.
pub(super) fn say(chance: &mut Chance, tongue: Tongue, pool: Pool) -> &'static str {
    let (english, spanish) = chance.pick(pool);
    match tongue {
        Tongue::English => english,
        Tongue::Spanish => spanish,
    }
}

pub(super) const MEMBER_NOTES: Pool = &[
    ("Came on time, listened, and put one question to the group.", "Llegó puntual, escuchó y planteó una pregunta al grupo."),
    (
        "Spoke about his week of his own accord; named two moments in which he stopped and called his sister.",
        "Habló de su semana por iniciativa propia; nombró dos momentos en los que paró y llamó a su hermana.",
    ),
    (
        "Quiet at first. With support he finished the exercise and read it out.",
        "Callado al principio. Con apoyo terminó el ejercicio y lo leyó en voz alta.",
    ),
    (
        "Found the exercise hard and said so. We agree to look at it again together.",
        "El ejercicio le resultó difícil y lo dijo. Acordamos volver a verlo juntos.",
    ),
    ("Brought the task from last time, worked through with care.", "Trajo la tarea de la sesión anterior, hecha con esmero."),
    ("Tired after the night shift; took part when asked.", "Cansado tras el turno de noche; participó cuando se le preguntó."),
    ("Gave another member calm and useful feedback.", "Dio a un compañero una respuesta serena y útil."),
    (
        "Sees for the first time how the evening hours and low mood go together.",
        "Ve por primera vez cómo se juntan las horas de la noche y el ánimo bajo.",
    ),
    (
        "Asks for an example in plainer words; the sheet in large print helped.",
        "Pide un ejemplo con palabras más sencillas; la ficha en letra grande le ayudó.",
    ),
    (
        "Has joined the walking club; wants to keep Thursdays free for it.",
        "Se ha apuntado al club de senderismo; quiere reservar los jueves.",
    ),
];
pub(super) const GROUP_NOTES: Pool = &[
    (
        "Calm session. The round on the week took longer than planned and was worth it.",
        "Sesión tranquila. La ronda de la semana duró más de lo previsto y mereció la pena.",
    ),
    (
        "The group holds its rules well; two members reminded the others of them.",
        "El grupo cuida sus normas; dos miembros se las recordaron a los demás.",
    ),
    (
        "Lively talk; we put the last exercise off to the next session.",
        "Conversación animada; dejamos el último ejercicio para la próxima sesión.",
    ),
    (
        "Half the group had not done the task. We did it together at the start.",
        "La mitad del grupo no había hecho la tarea. La hicimos juntos al empezar.",
    ),
];
pub(super) const OBSERVATIONS: Pool = &[
    ("Describes the situation in detail and sees his own part in it.", "Describe la situación con detalle y ve su parte en ella."),
    (
        "Says he has nobody to ring in the evening apart from his mother.",
        "Dice que, aparte de su madre, no tiene a quién llamar por la noche.",
    ),
    (
        "Puts off unpleasant letters for weeks; names shame as the reason.",
        "Deja sin abrir durante semanas las cartas incómodas; nombra la vergüenza como motivo.",
    ),
    ("Kept to the agreed screen-free hours on five days of seven.", "Cumplió las horas sin pantalla acordadas cinco días de siete."),
    ("Answered a critical remark without withdrawing.", "Respondió a una observación crítica sin retraerse."),
    ("According to the file, two changes of work within a year.", "Según el expediente, dos cambios de trabajo en un año."),
    ("Speaks of the future in his own words for the first time.", "Habla por primera vez del futuro con sus propias palabras."),
    (
        "Takes up old contacts with caution; a cousin visits on Sundays.",
        "Retoma con cautela antiguos contactos; un primo lo visita los domingos.",
    ),
];
pub(super) const NEED_REASONS: Pool = &[
    ("Interview and sessions point the same way.", "La entrevista y las sesiones apuntan en la misma dirección."),
    ("Seen in several situations over some weeks.", "Visto en varias situaciones a lo largo de semanas."),
    (
        "The file says one thing and the person another; to be looked at again.",
        "El expediente dice una cosa y la persona otra; habrá que volver a mirarlo.",
    ),
];
pub(super) const GOALS: Pool = &[
    ("I want to have two evenings a week with people I like.", "Quiero pasar dos tardes a la semana con gente que me gusta."),
    ("I want to finish the warehouse course and find steady work.", "Quiero terminar el curso de almacén y encontrar un trabajo estable."),
    ("I want to sleep well and get up at seven.", "Quiero dormir bien y levantarme a las siete."),
    ("I want to be somebody my daughter can rely on.", "Quiero ser alguien con quien mi hija pueda contar."),
    ("I want to play the guitar again.", "Quiero volver a tocar la guitarra."),
    ("I want to say no without getting angry.", "Quiero saber decir que no sin enfadarme."),
];
pub(super) const CASE_NOTES: Pool = &[
    (
        "Telephone call with the participant: the new shift ends at four, so afternoons suit.",
        "Llamada con el participante: el turno nuevo termina a las cuatro, así que le van bien las tardes.",
    ),
    ("Spoke with the interpreter about the words of the agreement.", "Hablado con la intérprete sobre las palabras del acuerdo."),
    (
        "The participant asks to read the report before it goes out. Agreed for Tuesday.",
        "El participante pide leer el informe antes de que salga. Acordado para el martes.",
    ),
    (
        "Coordination with the addiction service; both treatments go on side by side.",
        "Coordinación con el servicio de adicciones; ambos tratamientos siguen en paralelo.",
    ),
];
pub(super) const CONCERNS: Pool = &[
    (
        "Said that the last weeks have been too much and that he sees little point. Spoke with him at length; the duty psychologist was told.",
        "Dijo que las últimas semanas han sido demasiado y que le ve poco sentido. Conversación larga con él; avisada la psicóloga de guardia.",
    ),
    (
        "Missed two appointments in a row and cannot be reached by telephone.",
        "Ha faltado a dos citas seguidas y no se le localiza por teléfono.",
    ),
    (
        "Mentions that a relative with small children has moved into the house. To be looked at today.",
        "Comenta que una familiar con niños pequeños se ha mudado a la casa. Hay que verlo hoy.",
    ),
];
pub(super) const OUTCOMES: Pool = &[
    (
        "Spoke with the person and with the colleague on duty; support is in place.",
        "Hablado con la persona y con el compañero de guardia; hay apoyo.",
    ),
    ("Passed on to the service in charge by telephone and in writing.", "Comunicado por teléfono y por escrito al servicio responsable."),
];
pub(super) const NOT_SUITABLE: Pool = &[
    (
        "The facts of the judgment call for another programme; referred back with a proposal.",
        "Los hechos de la sentencia piden otro programa; se devuelve con una propuesta.",
    ),
    (
        "There is an acute crisis at present; care comes first. To be judged again if the order is renewed.",
        "Hay una crisis aguda; primero, la atención. Se volverá a valorar si se renueva la medida.",
    ),
];
pub(super) const AGAINST_RULE: Pool = &[
    (
        "Discussed in the team: the point that is open will be made up within the next weeks.",
        "Comentado en el equipo: lo pendiente se recuperará en las próximas semanas.",
    ),
    (
        "Two sessions are missing through illness; the aims were reached in the individual talks.",
        "Faltan dos sesiones por enfermedad; los objetivos se alcanzaron en las entrevistas individuales.",
    ),
];
pub(super) const REPORTS: Pool = &[
    (
        "The participant attends regularly and takes part. The agreed tasks were done. Next: practising the plan at work and at home.",
        "El participante acude con regularidad y toma parte. Las tareas acordadas se han hecho. Siguiente paso: practicar el plan en el trabajo y en casa.",
    ),
    (
        "Attendance was irregular at first and has settled. The participant names his aims in his own words. Work goes on as planned.",
        "La asistencia fue irregular al principio y se ha estabilizado. El participante nombra sus objetivos con sus palabras. El trabajo sigue según lo previsto.",
    ),
];
pub(super) const PROCEEDINGS: Pool = &[
    ("Civil proceedings on visiting hours are open.", "Hay abierto un procedimiento civil sobre el régimen de visitas."),
    ("None known apart from a traffic fine.", "No constan, salvo una multa de tráfico."),
];
pub(super) const RESPONSIVITY: Pool = &[
    ("Reads slowly; large print and time help.", "Lee despacio; ayudan la letra grande y el tiempo."),
    ("Hears better from the left side of the room.", "Oye mejor desde el lado izquierdo de la sala."),
];
pub(super) const DEVIATIONS: Pool =
    &[("The second exercise was done in pairs instead of in the round.", "El segundo ejercicio se hizo por parejas en lugar de en ronda.")];
