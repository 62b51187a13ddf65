//! The tables, step by step. A step that was landed never changes: a new one follows.

mod m20261123_account;
mod m20261123_audit;
mod m20261123_desk;
mod m20261123_help;
mod m20261123_outbox;
mod m20261123_timeline;
mod m20261123_together;

use sea_orm_migration::prelude::*;

/// Makes indexes: of each its name, its table and its columns in order.
async fn make_indexes(manager: &SchemaManager<'_>, indexes: &[(&str, &str, &[&str])]) -> Result<(), DbErr> {
    for (name, table, columns) in indexes {
        let mut index = Index::create();
        index.name(*name).table((*table).to_owned());
        for column in *columns {
            index.col((*column).to_owned());
        }
        manager.create_index(index).await?;
    }
    Ok(())
}

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_timeline::Migration),
            Box::new(m20261123_help::Migration),
            Box::new(m20261123_audit::Migration),
            Box::new(m20261123_outbox::Migration),
            Box::new(m20261123_account::Migration),
            Box::new(m20261123_desk::Migration),
            Box::new(m20261123_together::Migration),
        ]
    }
}
