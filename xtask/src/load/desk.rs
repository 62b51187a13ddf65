//! How long the list of the desk takes among 100.000 open requests.

use anyhow::{Result, ensure};

use super::requests;
use super::times::Pace;
use crate::cluster::Cluster;
use crate::proof::Figures;
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

pub fn list(server: &Running, cluster: &Cluster, database: &str, figures: &Figures) -> Result<()> {
    cluster.run(database, MORE)?;
    let cookie = server.sign_in("experience-expert")?;
    server.post_form_as(&cookie, "/balie/beschikbaar", &requests::WHAT_A_HELPER_DOES)?;
    let times = PACE.ask(|_| {
        let page = server.page_as(&cookie, "/balie")?;
        ensure!(page.contains("/balie/oppakken"), "nothing waits on the list");
        Ok(())
    });
    times.all_well()?;
    let promise =
        format!("the desk's list among 100.000 open requests in PostgreSQL, {} a second", PACE.a_second);
    figures.add(&promise, &times.to_string(), "p95 30 ms")
}
