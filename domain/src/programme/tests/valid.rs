//! A small programme without fault, which the tests damage in one place at a time.

use crate::programme::Files;

pub(super) const TOML: &str = r#"format = 1
id = "harbour"
version = "1.2.3"
languages = ["en", "es"]
title = { en = "Harbour", es = "Puerto" }
summary = { en = "A small one.", es = "Uno pequeño." }
provenance = { en = "Made for tests.", es = "Hecho para pruebas." }
sources = ["Nobody 2020"]
max_weeks = 12

[group]
min = 6
max = 10
facilitators = 2

[completion]
phases = ["dock", "sail"]
share = 0.85

[[targets]]
id = "readiness"
title = { en = "Readiness", es = "Disposición" }
about = { en = "About it.", es = "Sobre ello." }
constructs = { glm = ["agency"], rnr = [], srm = [], pathways = [], mfm = ["stress"] }

[[targets]]
id = "mood"
title = { en = "Mood", es = "Ánimo" }
about = { en = "About it.", es = "Sobre ello." }
constructs = { glm = [], rnr = [], srm = [], pathways = [], mfm = [] }

[[suitability]]
id = "time"
title = { en = "Enough time", es = "Tiempo suficiente" }
help = { en = "Compare.", es = "Compare." }
required = true

[[measures]]
id = "mood-scale"
title = { en = "Scale", es = "Escala" }
instrument = "phq-9"
targets = ["mood"]
due = [{ at = "phase-start", of = "dock" }, { at = "module-end", of = "deck" }]

[[measures]]
id = "later-scale"
title = { en = "Later", es = "Después" }
targets = ["mood"]
due = [{ at = "after-completion", weeks = 26 }]

[[phases]]
id = "dock"
title = { en = "Dock", es = "Muelle" }
purpose = { en = "Begin.", es = "Empezar." }
entry = [{ rule = "suitable" }]
exit = [
  { rule = "sessions-done", share = 1 },
  { rule = "targets-judged", at_least = 2 },
  { rule = "confirmed", id = "ready", title = { en = "Ready", es = "Preparado" } },
  { rule = "measure-taken", measure = "mood-scale" },
]

[[phases.modules]]
id = "plank"
title = { en = "Plank", es = "Pasarela" }

[[phases.modules.sessions]]
id = "welcome"
title = { en = "Welcome", es = "Bienvenida" }
format = "individual"
minutes = 60
cadence = "weekly"
gap_after = 7
make_up = { by = "individual", within_days = 14, minutes = 45 }
counts_to_completion = true
targets = ["readiness"]
materials = ["board"]

[[phases]]
id = "sail"
title = { en = "Sail", es = "Travesía" }
purpose = { en = "Go on.", es = "Seguir." }
entry = [{ rule = "phase-passed", phase = "dock" }, { rule = "order-covers" }]
exit = [{ rule = "sessions-done", share = 0.5 }]

[[phases.modules]]
id = "deck"
title = { en = "Deck", es = "Cubierta" }

[[phases.modules.sessions]]
id = "knots"
title = { en = "Knots", es = "Nudos" }
format = "group"
minutes = 120
cadence = "weekly"
make_up = { by = "next-group" }
counts_to_completion = true
targets = ["mood"]

[[phases.modules.sessions]]
id = "stars"
title = { en = "Stars", es = "Estrellas" }
format = "group"
minutes = 120
cadence = "fortnightly"
make_up = { by = "none" }
counts_to_completion = true
targets = ["readiness", "mood"]
needs = ["knots"]

[[materials]]
id = "board"
title = { en = "Board", es = "Pizarra" }

[[tracks]]
id = "short"
title = { en = "Short", es = "Corto" }
levels = [{ risk = "low", need = "low" }]
leave_out = { sessions = ["stars"] }

[[tracks]]
id = "full"
title = { en = "Full", es = "Completo" }
risk = ["medium", "high"]
need = ["low", "medium", "high"]

[[tracks]]
id = "middle"
title = { en = "Middle", es = "Medio" }
risk = ["low"]
need = ["medium", "high"]

[[reasons.never_started]]
id = "order-expired"
title = { en = "Expired", es = "Vencida" }

[[reasons.ended_early]]
id = "moved"
title = { en = "Moved", es = "Traslado" }

[[reports]]
id = "review"
title = { en = "Review", es = "Revisión" }
due = [{ at = "phase-end", of = "dock" }, { at = "every-months", months = 3 }]
"#;

/// A session's file of two activities.
fn text(title: &str, aims: &str, minutes: u16) -> Vec<u8> {
    let rest = minutes - 10;
    format!(
        "# {title}\n\n## {aims} {{#aims}}\n\n- One.\n\n## Activities {{#activities}}\n\n### 10 min · First\n\nDo.\n\n\
         ### {rest} min · Second\n\n```\n<b># not a heading</b>\n```\n\n## Sheet {{#sheet}}\n\n\
         See <https://example.org>, 1 < 2, `<i>`.\n"
    )
    .into_bytes()
}

/// The programme's folder.
pub(crate) fn files() -> Files {
    let mut files = Files::new();
    files.insert("programme.toml".into(), TOML.into());
    files.insert("README.md".into(), "Not a session: <b>anything</b>.".into());
    let sessions = [("welcome", "Welcome", "Bienvenida", 60), ("knots", "Knots", "Nudos", 120), ("stars", "Stars", "Estrellas", 120)];
    for (id, en, es, minutes) in sessions {
        files.insert(format!("en/{id}.md"), text(en, "Aims", minutes));
        files.insert(format!("es/{id}.md"), text(es, "Objetivos", minutes));
    }
    files
}

/// The folder with the first `from` in one file replaced by `to`. Panics when `from` is not there.
pub(super) fn damaged(file: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{file} does not contain {from:?}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}
