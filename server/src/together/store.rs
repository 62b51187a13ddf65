//! Meetings in the database, for as long as they last.

mod frame;
mod meeting;
mod seating;

pub(super) use meeting::Place;

use domain::together::Chair;

/// Of a chair: its ticket, in which process someone sits in it, and by which connection.
struct Columns {
    ticket: &'static str,
    process: &'static str,
    seat: &'static str,
}

const fn columns(chair: Chair) -> Columns {
    match chair {
        Chair::Parent => Columns { ticket: "parent_ticket", process: "parent_process", seat: "parent_seat" },
        Chair::Helper => Columns { ticket: "helper_ticket", process: "helper_process", seat: "helper_seat" },
    }
}
