//! Tracks select something, cover every pair of risk and need once, and fit their time; groups have a size.

use super::Rules;
use crate::programme::nearest::quoted;
use crate::programme::{Format, Level, Levels};

pub(super) fn sound(rules: &Rules<'_>) {
    selects(rules);
    covers(rules);
    group_size(rules);
}

fn selects(rules: &Rules<'_>) {
    let definition = rules.definition;
    for (index, track) in definition.tracks.iter().enumerate() {
        let path = format!("tracks[{index}].id");
        if definition.sessions().next().is_some() && definition.sessions_of(track).next().is_none() {
            let message = format!("the track {} selects no session at all", quoted(&track.id));
            rules.fault(&path, "empty-track", message, "leave fewer modules and sessions out");
            continue;
        }
        let (days, weeks) = (definition.length_in_days(track), definition.max_weeks);
        if weeks > 0 && days > u32::from(weeks) * 7 {
            let takes = days.div_ceil(7);
            let message =
                format!("the track {} takes {takes} weeks ({days} days) by its own cadences, but max_weeks is {weeks}", quoted(&track.id));
            rules.fault(&path, "track-too-long", message, "shorten cadences or gaps, leave sessions out, or raise max_weeks");
        }
    }
}

fn covers(rules: &Rules<'_>) {
    let tracks = &rules.definition.tracks;
    let mut missing = Vec::new();
    for (risk, need) in Level::ALL.into_iter().flat_map(|risk| Level::ALL.map(|need| (risk, need))) {
        let pair = Levels { risk, need };
        let mut holders = tracks.iter().enumerate().filter(|(_, track)| track.levels.contains(&pair));
        let Some((_, first)) = holders.next() else {
            missing.push(format!("risk {} with need {}", risk.id(), need.id()));
            continue;
        };
        for (index, track) in holders {
            let (one, two) = (quoted(&first.id), quoted(&track.id));
            let message = format!("risk {} with need {} belongs to the track {two} and also to {one}", risk.id(), need.id());
            let help = "every pair of risk and need belongs to exactly one track";
            rules.fault(&format!("tracks[{index}].id"), "tracks-overlap", message, help);
        }
    }
    // A track whose levels could not be read was reported as such; what it would have covered is unknown.
    let readable = tracks.iter().all(|track| !track.levels.is_empty());
    if !missing.is_empty() && readable && !tracks.is_empty() {
        let message = format!("no track is for {}", missing.join(", "));
        let help = "add each pair to the risk and need, or to the levels, of a track";
        rules.fault("tracks", "levels-not-covered", message, help);
    }
}

fn group_size(rules: &Rules<'_>) {
    if rules.definition.group.is_some() {
        return;
    }
    let first = super::order::located(rules.definition).find(|(_, session)| session.format == Format::Group);
    if let Some((path, session)) = first {
        let message = format!("session {} is held in a \"group\", but there is no [group]", quoted(&session.id));
        let help = "add [group] with min, max and facilitators";
        rules.fault(&format!("{path}.format"), "missing-group", message, help);
    }
}
