//! All that requests are answered with.

use std::sync::Arc;

use app::shell::Site;
use axum::extract::FromRef;
use axum::http::HeaderName;

use super::health::Stopping;
use super::render::Renderer;
use crate::account::{Accounts, DemoAccounts, Provider};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::figures::Figures;
use crate::help::Requests;
use crate::office::Offices;
use crate::seal::Keys;
use crate::store::Store;
use crate::timeline::Dossiers;
use crate::together::Together;

/// What the server keeps, and how it reads the time.
#[derive(Clone, Debug)]
pub struct Services {
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    /// How long steps take, as last estimated.
    pub figures: Arc<Figures>,
    /// Links that sign in to a demo; `None`: this is no demo.
    pub demo_accounts: Option<Arc<DemoAccounts>>,
    /// Where staff sign in; `None`: nowhere.
    pub provider: Option<Arc<Provider>>,
    pub together: Together,
    pub stopping: Stopping,
}

#[derive(Clone)]
pub struct Portal {
    pub renderer: Arc<Renderer>,
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    pub figures: Arc<Figures>,
    pub dossiers: Dossiers,
    pub requests: Requests,
    pub offices: Offices,
    pub desk: Desk,
    pub accounts: Accounts,
    pub demo_accounts: Option<Arc<DemoAccounts>>,
    pub provider: Option<Arc<Provider>>,
    pub together: Together,
    /// The header in which the proxy tells who asks.
    pub client_address_header: Option<HeaderName>,
}

impl Portal {
    pub fn new(site: Site, services: Services, client_address_header: Option<HeaderName>) -> Portal {
        let Services { store, keys, clock, figures, demo_accounts, provider, together, stopping: _ } =
            services;
        Portal {
            renderer: Arc::new(Renderer::new(site, clock.clone())),
            dossiers: Dossiers::new(store.clone(), keys.clone()),
            requests: Requests::new(store.clone(), keys.clone()),
            offices: Offices::new(store.clone()),
            desk: Desk::new(store.clone(), keys.clone()),
            accounts: Accounts::new(store.clone()),
            demo_accounts,
            provider,
            together,
            store,
            keys,
            clock,
            figures,
            client_address_header,
        }
    }
}

impl FromRef<Portal> for Arc<Renderer> {
    fn from_ref(portal: &Portal) -> Arc<Renderer> {
        portal.renderer.clone()
    }
}

impl FromRef<Portal> for Arc<Figures> {
    fn from_ref(portal: &Portal) -> Arc<Figures> {
        portal.figures.clone()
    }
}
