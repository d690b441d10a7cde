//! Addresses of measures.

use fairway_domain::permission::Action;

use super::{
    pages_answer as answer, pages_case, pages_due, pages_entry as entry, pages_level as level, pages_response as response,
    pages_take as take,
};
use crate::web::Routes;

/// The routes. Those below `/answer` are the participant's: each asks for the token of one response, and its PIN or code.
pub fn routes() -> Routes {
    Routes::new()
        .get("/measures", Action::SeeMeasures, pages_due::due)
        .get("/service/measures", Action::SeeService, level::service)
        .get("/groups/{id}/measures", Action::SeeGroup, level::group)
        .get("/cases/{id}/measures", Action::SeeThread, pages_case::measures)
        .get("/cases/{id}/measures/{measure}/new", Action::TakeMeasure, take::take)
        .get("/cases/{id}/measures/{measure}/entry", Action::TakeMeasure, entry::entry)
        .post("/cases/{id}/measures/{measure}/entry", Action::TakeMeasure, entry::entering)
        .post("/cases/{id}/measures/{measure}/device", Action::TakeMeasure, take::handing)
        .post("/cases/{id}/measures/{measure}/link", Action::TakeMeasure, take::linking)
        .get("/cases/{id}/responses/{response}", Action::SeeAnswers, response::response)
        .get("/cases/{id}/responses/{response}/fhir", Action::SeeAnswers, response::as_fhir)
        .post("/cases/{id}/responses/{response}/withdrawal", Action::TakeMeasure, response::withdrawing)
        .get("/answer/{token}", Action::Public, answer::answer)
        .post("/answer/{token}", Action::Public, answer::answering)
        .post("/answer/{token}/code", Action::Public, answer::coding)
        .get("/answer/{token}/end", Action::Public, answer::end)
        .post("/answer/{token}/end", Action::Public, answer::ending)
        .post("/answer/{token}/leaving", Action::Public, answer::leaving)
}
