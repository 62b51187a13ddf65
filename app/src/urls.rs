//! The URL map: one word per page, the same in code, texts and styles.

/// A page of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    Home,
    Chooser,
    Amounts,
    Comparison,
    Timeline,
    Dossier,
    ReadyLetter,
    Conversation,
    Help,
    FollowHelp,
    Figures,
    Examples,
    Onward,
    Glossary,
    About,
    Privacy,
    Accessibility,
    SignIn,
}

/// What a page may do and what it may weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reading matter: no script at all, the same for everyone.
    Content,
    /// Has islands that compute.
    Calculator,
    /// Holds what someone lets us keep.
    Personal,
    /// For who works here: no script at all, and never stored.
    Work,
}

impl Page {
    pub const ALL: [Page; 18] = [
        Page::Home,
        Page::Chooser,
        Page::Amounts,
        Page::Comparison,
        Page::Timeline,
        Page::Dossier,
        Page::ReadyLetter,
        Page::Conversation,
        Page::Help,
        Page::FollowHelp,
        Page::Figures,
        Page::Examples,
        Page::Onward,
        Page::Glossary,
        Page::About,
        Page::Privacy,
        Page::Accessibility,
        Page::SignIn,
    ];

    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Page::Home => "/",
            Page::Chooser => "/keuzehulp",
            Page::Amounts => "/bedragen",
            Page::Comparison => "/vergelijken",
            Page::Timeline => "/tijdlijn",
            Page::Dossier => "/dossier",
            Page::ReadyLetter => "/tijdlijn/brief",
            Page::Conversation => "/tijdlijn/gesprek",
            Page::Help => "/hulpvraag",
            Page::FollowHelp => "/hulpvraag/volgen",
            Page::Figures => "/cijfers",
            Page::Examples => "/voorbeelden",
            Page::Onward => "/verder",
            Page::Glossary => "/woorden",
            Page::About => "/over",
            Page::Privacy => "/privacy",
            Page::Accessibility => "/toegankelijkheid",
            Page::SignIn => "/inloggen",
        }
    }

    /// The group of pages whose islands it shares: the name of its bundle.
    #[must_use]
    pub const fn bundle(self) -> Option<&'static str> {
        match self {
            Page::Chooser => Some("chooser"),
            Page::Amounts => Some("amounts"),
            Page::Comparison => Some("comparison"),
            Page::Timeline | Page::Dossier => Some("timeline"),
            Page::ReadyLetter | Page::Conversation => Some("paper"),
            _ => None,
        }
    }

    /// The bundle that is fetched only when someone reaches for it.
    #[must_use]
    pub const fn on_demand(self) -> Option<&'static str> {
        match self {
            Page::Comparison => Some("receipt"),
            _ => None,
        }
    }

    #[must_use]
    pub const fn kind(self) -> Kind {
        match (self, self.bundle()) {
            (Page::Dossier | Page::Help | Page::FollowHelp, _) => Kind::Personal,
            (Page::SignIn, _) => Kind::Work,
            (_, Some(_)) => Kind::Calculator,
            (_, None) => Kind::Content,
        }
    }
}

impl Kind {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Content => "content",
            Kind::Calculator => "calculator",
            Kind::Personal => "personal",
            Kind::Work => "work",
        }
    }
}

/// Where the receipt is posted to, without scripts: saved as a file, or opened again.
pub const RECEIPT_SAVE: &str = "/vergelijken/bewijs";
pub const RECEIPT_OPEN: &str = "/vergelijken/openen";

/// Where the letters of a case are posted to, without scripts, for a calendar file.
pub const CALENDAR_SAVE: &str = "/tijdlijn/agenda";

/// Where a provider sends who signed in back to.
pub const SIGN_IN_RETURN: &str = "/inloggen/terug";
/// The keys with which this site shows a provider who it is.
pub const SIGN_IN_KEYS: &str = "/inloggen/sleutels";
/// Before the code of a link that signs in to the demo.
pub const SIGN_IN_DEMO: &str = "/inloggen/demo";
pub const SIGN_OUT: &str = "/uitloggen";

/// The desk, where only who is signed in comes, and where she says that she is still there.
pub const DESK: &str = "/balie";
pub const EXTEND: &str = "/balie/verlengen";
pub const DESK_PICK_UP: &str = "/balie/oppakken";
/// Before the id of a request.
pub const DESK_REQUEST: &str = "/balie/aanvraag";
pub const DESK_AVAILABILITY: &str = "/balie/beschikbaar";
pub const DESK_AIDS: &str = "/balie/hulpmiddelen";
pub const DESK_COLLEAGUE: &str = "/balie/collega";
pub const DESK_LOG: &str = "/balie/logboek";
pub const DESK_OVERVIEW: &str = "/balie/overzicht";
pub const DESK_INVITE: &str = "/balie/overzicht/uitnodigen";
pub const DESK_BLOCK: &str = "/balie/overzicht/blokkeren";
pub const DESK_ORGANISATION: &str = "/balie/overzicht/organisatie";

/// Guiding together: a parent's browser begins a meeting, a helper's joins it.
pub const TOGETHER_BEGIN: &str = "/samen/lijn/begin";
pub const TOGETHER_JOIN: &str = "/samen/lijn/mee";
/// The line between both, and what stands in for it where it is blocked.
pub const TOGETHER_LINE: &str = "/samen/lijn";
pub const TOGETHER_FETCH: &str = "/samen/lijn/haal";
pub const TOGETHER_SEND: &str = "/samen/lijn/stuur";
pub const TOGETHER_STOP: &str = "/samen/lijn/stop";

/// Leaving quickly: wipes what the browser kept and goes to a neutral site.
pub const LEAVE: &str = "/weg";
