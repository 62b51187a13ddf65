//! `herstelroute staff` and `herstelroute organisation`: lets helpers in, and out again.

use anyhow::{Context, Result, ensure};

use crate::account::{Accounts, Represented, StaffMember};
use crate::audit::Actor;
use crate::cli::{OrganisationCommand, StaffCommand};
use crate::clock::Clock;
use crate::store::Store;

/// Longer names don't fit on a phone.
const LONGEST_NAME: usize = 60;

/// Answers `herstelroute staff`.
///
/// # Errors
/// The database can't be reached, or there is no such account or organisation.
pub fn staff(command: StaffCommand) -> Result<()> {
    at_once(answer_staff(command))
}

/// Answers `herstelroute organisation`.
///
/// # Errors
/// The database can't be reached, or the organisation is there already.
pub fn organisation(command: OrganisationCommand) -> Result<()> {
    at_once(answer_organisation(command))
}

fn at_once(answer: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(answer)
}

async fn answer_staff(command: StaffCommand) -> Result<()> {
    let store = Store::open(&command.database().database_url).await?;
    let (accounts, clock) = (Accounts::new(store.clone()).by(Actor::Operator), Clock::default());
    match command {
        StaffCommand::Invite { role, name, organisation, .. } => {
            check_name(&name)?;
            if let Some(id) = &organisation {
                let known = accounts.organisations().await?;
                ensure!(
                    known.iter().any(|it| it.id == *id),
                    "no organisation with that id: see `organisation list`"
                );
            }
            let (id, code) = accounts.invite(role, name.trim(), organisation.as_deref(), clock.now()).await?;
            println!("{code}");
            eprintln!(
                "{id} is invited: the code is shown this once, and typed at /inloggen within seven days"
            );
        }
        StaffCommand::List { .. } => {
            let day = |at: Option<i64>| at.map(|at| clock.day(at).to_string()).unwrap_or_default();
            for StaffMember { staff, invited_at, signed_in_at, blocked_at } in accounts.everyone().await? {
                let organisation = staff.organisation.map(|(_, name)| name).unwrap_or_default();
                let [invited, signed_in, blocked] = [Some(invited_at), signed_in_at, blocked_at].map(day);
                let (id, role, name) = (staff.id, staff.role.id(), staff.name);
                println!("{id}\t{role}\t{name}\t{organisation}\t{invited}\t{signed_in}\t{blocked}");
            }
        }
        StaffCommand::Block { id, .. } => {
            let blocked = accounts.block(&id, clock.now()).await?;
            blocked.then_some(()).context("nobody with that id can still come in")?;
        }
    }
    store.close().await;
    Ok(())
}

async fn answer_organisation(command: OrganisationCommand) -> Result<()> {
    let store = Store::open(&command.database().database_url).await?;
    let (accounts, clock) = (Accounts::new(store.clone()).by(Actor::Operator), Clock::default());
    match command {
        OrganisationCommand::Create { name, issuer, id_type, id, .. } => {
            check_name(&name)?;
            let represented = Represented { issuer, id_type, id };
            let texts = [&represented.issuer, &represented.id_type, &represented.id];
            ensure!(texts.iter().all(|text| is_line(text)), "what the provider tells can't be empty");
            let made = accounts.make_organisation(name.trim(), represented, ["", ""], clock.now()).await?;
            let made = made.context("the provider tells another organisation in the same way")?;
            println!("{}", made.id);
        }
        OrganisationCommand::List { .. } => {
            for it in accounts.organisations().await? {
                let Represented { issuer, id_type, id } = it.represented;
                println!("{}\t{}\t{issuer}\t{id_type}\t{id}", it.id, it.name);
            }
        }
    }
    store.close().await;
    Ok(())
}

fn check_name(name: &str) -> Result<()> {
    ensure!(
        is_line(name) && name.trim().chars().count() <= LONGEST_NAME,
        "a name has 1 to {LONGEST_NAME} signs, on one line"
    );
    Ok(())
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}
