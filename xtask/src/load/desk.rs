//! How long the list of the desk takes among 100.000 open requests.

use anyhow::{Result, ensure};

use super::times::Pace;
use crate::cluster::Cluster;
use crate::say::note;
use crate::server::Running;

const PACE: Pace = Pace { a_second: 50, seconds: 20, clients: 8 };

/// Makes more of the requests that are there, whatever their columns.
const MORE: &str = "
    INSERT INTO request
    SELECT (jsonb_populate_record(it, jsonb_build_object(
               'id', md5(it.id || n), 'reference', md5(it.id || n), 'finder', '\\x' || md5(it.id || n)))).*
      FROM request it, generate_series(1, 100000) n
     LIMIT greatest(0, 100000 - (SELECT count(*) FROM request));
    ANALYZE request";

pub fn list(server: &Running, cluster: &Cluster, database: &str) -> Result<()> {
    cluster.run(database, MORE)?;
    let cookie = server.sign_in("experience-expert")?;
    let what_she_does = [
        ("kinds.legal", "yes"),
        ("kinds.experience_expert", "yes"),
        ("languages.nl", "yes"),
        ("languages.tr", "yes"),
        ("regions.utrecht", "yes"),
        ("regions.zeeland", "yes"),
        ("gender", "woman"),
        ("most", "5"),
    ];
    server.post_form_as(&cookie, "/balie/beschikbaar", &what_she_does)?;
    let times = PACE.ask(|_| {
        let page = server.page_as(&cookie, "/balie")?;
        ensure!(page.contains("/balie/oppakken"), "nothing waits on the list");
        Ok(())
    });
    times.all_well()?;
    note(&format!(
        "/balie among 100.000 open requests, {} a second: {times}; p95 of at most 30",
        PACE.a_second
    ));
    Ok(())
}
