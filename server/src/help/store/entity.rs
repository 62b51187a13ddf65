//! The tables of requests and of helpers, as rows.

/// A request for help. What tells who she is lies in `sealed`.
pub mod request {
    use domain::help::{About, Gender, Kind, Language, Preferences, Region, Request, Tie};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub finder: Vec<u8>,
        pub reference: String,
        pub state: String,
        pub kind: String,
        pub about: String,
        pub urgent: i64,
        pub language: String,
        pub region: String,
        pub chosen: Option<String>,
        pub gender: Option<String>,
        pub same_background: i64,
        pub no_ties: String,
        pub sealed: Option<Vec<u8>>,
        pub made_at: i64,
        pub claim_due_on: String,
        pub helper_id: Option<String>,
        pub claimed_at: Option<i64>,
        pub contact_due_on: Option<String>,
        pub contacted_at: Option<i64>,
        pub closed_at: Option<i64>,
        pub outcome: Option<String>,
        pub was_fair: Option<i64>,
        pub can_go_on: Option<i64>,
        pub erased_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// What she asks. `None`: in words that this version doesn't know.
        #[must_use]
        pub fn asked(&self) -> Option<Request> {
            Some(Request {
                kind: Kind::parse(&self.kind)?,
                about: self.about.split_whitespace().filter_map(About::parse).collect(),
                is_urgent: self.urgent != 0,
                language: Language::parse(&self.language)?,
                region: Region::parse(&self.region)?,
                chosen: self.chosen.clone(),
                preferences: Preferences {
                    gender: self.gender.as_deref().and_then(Gender::parse),
                    same_background: self.same_background != 0,
                    no_ties: Tie::list(&self.no_ties),
                },
            })
        }
    }
}

/// What happened to a request.
pub mod event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "request_event")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub request_id: String,
        pub at: i64,
        pub kind: String,
        pub staff_id: Option<String>,
        pub sealed: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A helper who doesn't see a request again.
pub mod declined {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "request_declined")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub request_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a helper tells of themselves.
pub mod helper {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "helper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: String,
        pub name: String,
        pub kinds: String,
        pub languages: String,
        pub regions: String,
        pub gender: Option<String>,
        pub ties: String,
        pub about_me: String,
        pub published: i64,
        pub most_requests: i64,
        pub paused_until: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
