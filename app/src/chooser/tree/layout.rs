//! Where everything in the drawing of the decision tree stands: questions in the column of their longest way from the
//! start, so that every line points to the right, and lanes that cross each other as little as possible.

use domain::chooser::{Node, QuestionId, START};

/// A box, or a place where the lines to a box pass a column on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub node: Node,
    pub column: usize,
    pub is_box: bool,
}

pub struct Layout {
    pub spots: Vec<Spot>,
    /// Lines between spots of neighbouring columns, as places in `spots`.
    pub links: Vec<(usize, usize)>,
    /// The row of each spot.
    pub rows: Vec<usize>,
}

impl Layout {
    #[must_use]
    pub fn new() -> Layout {
        let (spots, links) = spots_and_links();
        let lanes = lanes(&spots, &links);
        let mut sketch = Sketch { spots, links, lanes };
        let mut rows = sketch.settle();
        // The first question goes to the corner: that is all that a phone shows at first. Alone in its column, it tangles
        // nothing there.
        rows[0] = 0;
        Layout { spots: sketch.spots, links: sketch.links, rows }
    }
}

/// Where the answers of a question lead, each place once.
fn next_of(node: Node) -> Vec<Node> {
    let Node::Question(question) = node else { return Vec::new() };
    let mut next: Vec<Node> = Vec::new();
    for answer in question.answers() {
        if !next.contains(&answer.next) {
            next.push(answer.next);
        }
    }
    next
}

fn columns() -> Vec<(Node, usize)> {
    let mut columns = vec![(START, 0)];
    // Once per question is enough: the graph has no loop (a test holds it to that).
    for _ in QuestionId::ALL {
        for (node, column) in columns.clone() {
            for next in next_of(node) {
                match columns.iter_mut().find(|(known, _)| *known == next) {
                    Some((_, at)) => *at = (*at).max(column + 1),
                    None => columns.push((next, column + 1)),
                }
            }
        }
    }
    columns
}

/// Lines to the same box share their way once they meet.
fn spots_and_links() -> (Vec<Spot>, Vec<(usize, usize)>) {
    let columns = columns();
    let mut spots: Vec<Spot> =
        columns.iter().map(|(node, column)| Spot { node: *node, column: *column, is_box: true }).collect();
    let mut links = Vec::new();
    for (from, (node, column)) in columns.iter().enumerate() {
        for next in next_of(*node) {
            let mut last = from;
            for column in column + 1.. {
                let at = spots
                    .iter()
                    .position(|spot| spot.node == next && spot.column == column)
                    .unwrap_or_else(|| {
                        spots.push(Spot { node: next, column, is_box: false });
                        spots.len() - 1
                    });
                if !links.contains(&(last, at)) {
                    links.push((last, at));
                }
                last = at;
                if spots[at].is_box {
                    break;
                }
            }
        }
    }
    (spots, links)
}

/// Straight pieces of the drawing, from left to right: a question is followed by the one with most to come, and shared
/// ways by their box.
fn lanes(spots: &[Spot], links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|at| (spots[*at].column, !spots[*at].is_box));
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    for first in order {
        let mut lane = Vec::new();
        let mut at = Some(first).filter(|at| !lanes.iter().flatten().any(|known| known == at));
        while let Some(spot) = at {
            lane.push(spot);
            let next = links.iter().filter(|(from, _)| *from == spot).map(|(_, to)| *to);
            let free = next.filter(|next| !lanes.iter().flatten().any(|known| known == next));
            // A box isn't followed by a mere way: that one stays apart from the start.
            let free = free.filter(|next| spots[*next].is_box || !spots[spot].is_box);
            at = free.reduce(|best, other| if left(spots[other]) > left(spots[best]) { other } else { best });
        }
        if !lane.is_empty() {
            lanes.push(lane);
        }
    }
    lanes
}

fn left(spot: Spot) -> usize {
    spot.node.questions_left()
}

/// Lanes in some order from top to bottom.
struct Sketch {
    spots: Vec<Spot>,
    links: Vec<(usize, usize)>,
    lanes: Vec<Vec<usize>>,
}

impl Sketch {
    /// Moves one lane at a time, for as long as that untangles the drawing; gives the rows.
    fn settle(&mut self) -> Vec<usize> {
        let mut best = self.tangle();
        let mut improved = true;
        while improved {
            improved = false;
            for from in 0..self.lanes.len() {
                for to in 0..self.lanes.len() {
                    let lane = self.lanes.remove(from);
                    self.lanes.insert(to, lane);
                    let now = self.tangle();
                    if now < best {
                        best = now;
                        improved = true;
                    } else {
                        let lane = self.lanes.remove(to);
                        self.lanes.insert(from, lane);
                    }
                }
            }
        }
        self.rows()
    }

    /// Every lane as high as the lanes above it in its columns allow.
    fn rows(&self) -> Vec<usize> {
        let mut rows = vec![0; self.spots.len()];
        let mut free: Vec<usize> = vec![0; self.spots.len()];
        for lane in &self.lanes {
            let columns = || lane.iter().map(|at| self.spots[*at].column);
            let row = columns().map(|column| free[column]).max().unwrap_or(0);
            columns().for_each(|column| free[column] = row + 1);
            lane.iter().for_each(|at| rows[*at] = row);
        }
        rows
    }

    /// Lines that cross, and then how far lines go up and down.
    fn tangle(&self) -> (usize, usize) {
        let rows = self.rows();
        let mut crossings = 0;
        for (at, (from, to)) in self.links.iter().enumerate() {
            for (other_from, other_to) in &self.links[at + 1..] {
                let same_gap = self.spots[*from].column == self.spots[*other_from].column;
                let (left, right) = (rows[*from].cmp(&rows[*other_from]), rows[*to].cmp(&rows[*other_to]));
                crossings += usize::from(same_gap && left.is_ne() && left == right.reverse());
            }
        }
        (crossings, self.links.iter().map(|(from, to)| rows[*from].abs_diff(rows[*to])).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_on_top_of_something_else_and_no_lines_cross() {
        let layout = Layout::new();
        let mut places: Vec<(usize, usize)> =
            layout.spots.iter().zip(&layout.rows).map(|(spot, row)| (spot.column, *row)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), layout.spots.len());
        let mut sketch =
            Sketch { lanes: lanes(&layout.spots, &layout.links), spots: layout.spots, links: layout.links };
        sketch.settle();
        assert_eq!(sketch.tangle().0, 0, "a new question may tangle the drawing: look at it");
    }
}
