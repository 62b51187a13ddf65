//! Works out the design tokens that can't change while a page is shown.
//!
//! The components ask for each colour and length by a token of their own, most of which nobody sets. An old phone would look
//! up hundreds of them for every element. What stays are the tokens that depend on where an element stands or on how it is
//! looked at: in the dark, with more contrast, on paper.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::mem::take;

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::Property;
use lightningcss::properties::custom::{
    CustomPropertyName, Token, TokenList, TokenOrValue, UnparsedProperty, Variable,
};
use lightningcss::rules::CssRule;
use lightningcss::stylesheet::{PrinterOptions, StyleSheet};
use lightningcss::traits::ToCss;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

/// Leaves only those tokens whose value isn't the same everywhere and always.
pub fn work_out(sheet: &mut StyleSheet<'_>) {
    // What is worked out may be what another one waits for.
    while work_out_once(sheet) {}
}

fn work_out_once(sheet: &mut StyleSheet<'_>) -> bool {
    let mut told = Told::default();
    let Ok(()) = sheet.visit(&mut told);
    let mut at_work = AtWork {
        constants: told.constants(),
        set: told.set.into_keys().collect(),
        used: told.used,
        changed: false,
    };
    let Ok(()) = sheet.visit(&mut at_work);
    at_work.changed
}

type Name = String;

/// Where a token is given a value.
struct Given<'i> {
    /// By `:root`: it holds for the whole page, as far as its media query does.
    for_the_page: bool,
    /// Whatever the page is looked at with.
    always: bool,
    value: TokenList<'i>,
}

/// What a sheet tells of its tokens.
#[derive(Default)]
struct Told<'i> {
    set: BTreeMap<Name, Vec<Given<'i>>>,
    used: BTreeSet<Name>,
    /// The rules around what is visited: whether each is `:root` itself.
    around: Vec<bool>,
}

impl<'i> Told<'i> {
    /// Those with one value, that holds for the whole page whatever it is looked at with.
    fn constants(&self) -> BTreeMap<Name, TokenList<'i>> {
        let the_page =
            |name: &Name| self.set.get(name).is_none_or(|given| given.iter().all(|it| it.for_the_page));
        let constant = |(name, given): (&Name, &Vec<Given<'i>>)| match &given[..] {
            [Given { for_the_page: true, always: true, value }] if !is_keyword(value) => {
                let mut asked = BTreeSet::new();
                names_in(value, &mut asked);
                (!asked.contains(name) && asked.iter().all(the_page)).then(|| (name.clone(), value.clone()))
            }
            _ => None,
        };
        self.set.iter().filter_map(constant).collect()
    }
}

impl<'i> Visitor<'i> for Told<'i> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(RULES | PROPERTIES | VARIABLES)
    }

    fn visit_rule(&mut self, rule: &mut CssRule<'i>) -> Result<(), Infallible> {
        let is_root = match rule {
            CssRule::Style(style) => style
                .selectors
                .to_css_string(PrinterOptions::default())
                .is_ok_and(|selector| selector == ":root"),
            _ => false,
        };
        self.around.push(is_root);
        let visited = rule.visit_children(self);
        self.around.pop();
        visited
    }

    fn visit_property(&mut self, property: &mut Property<'i>) -> Result<(), Infallible> {
        if let Some((name, value)) = token(property) {
            let given = Given {
                for_the_page: self.around.last() == Some(&true),
                always: self.around.len() == 1,
                value: value.clone(),
            };
            self.set.entry(name.to_owned()).or_default().push(given);
        }
        property.visit_children(self)
    }

    fn visit_variable(&mut self, variable: &mut Variable<'i>) -> Result<(), Infallible> {
        self.used.insert(name_of(variable).to_owned());
        variable.visit_children(self)
    }
}

/// Puts values in the place of what asks for them.
struct AtWork<'i> {
    constants: BTreeMap<Name, TokenList<'i>>,
    set: BTreeSet<Name>,
    used: BTreeSet<Name>,
    changed: bool,
}

impl<'i> AtWork<'i> {
    /// What stays of a declaration; `None`: nothing asks for it, or it has no value.
    fn property(&mut self, mut property: Property<'i>) -> Option<Property<'i>> {
        if let Some((name, _)) = token(&property)
            && !self.used.contains(name)
        {
            self.changed = true;
            return None;
        }
        match &mut property {
            Property::Custom(custom) => custom.value = self.value(TokenList(take(&mut custom.value.0)))?,
            Property::Unparsed(unparsed) => {
                let value = self.value(TokenList(take(&mut unparsed.value.0))).unwrap_or_else(unset);
                property =
                    Property::Unparsed(UnparsedProperty { property_id: unparsed.property_id.clone(), value });
            }
            _ => {}
        }
        Some(property)
    }

    /// A value without what can be worked out; `None`: it asks for a token that nothing sets, so that it is none.
    fn value(&mut self, value: TokenList<'i>) -> Option<TokenList<'i>> {
        let mut known = Vec::new();
        for token in value.0 {
            match token {
                TokenOrValue::Var(variable) => known.extend(self.variable(variable)?.0),
                TokenOrValue::Function(mut function) => {
                    function.arguments = self.value(function.arguments)?;
                    known.push(TokenOrValue::Function(function));
                }
                other => known.push(other),
            }
        }
        Some(TokenList(known))
    }

    fn variable(&mut self, mut variable: Variable<'i>) -> Option<TokenList<'i>> {
        let name = name_of(&variable);
        if let Some(constant) = self.constants.get(name) {
            self.changed = true;
            return Some(trimmed(constant.clone()));
        }
        if self.set.contains(name) {
            variable.fallback = variable.fallback.and_then(|fallback| self.value(fallback));
            return Some(TokenList(vec![TokenOrValue::Var(variable)]));
        }
        self.changed = true;
        Some(trimmed(self.value(variable.fallback?)?))
    }
}

impl<'i> Visitor<'i> for AtWork<'i> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(RULES | PROPERTIES)
    }

    fn visit_declaration_block(&mut self, block: &mut DeclarationBlock<'i>) -> Result<(), Infallible> {
        for declarations in [&mut block.declarations, &mut block.important_declarations] {
            *declarations = take(declarations).into_iter().filter_map(|it| self.property(it)).collect();
        }
        Ok(())
    }
}

/// A token that is given a value.
fn token<'a, 'i>(property: &'a Property<'i>) -> Option<(&'a str, &'a TokenList<'i>)> {
    match property {
        Property::Custom(custom) => match &custom.name {
            CustomPropertyName::Custom(name) => Some((name.0.as_ref(), &custom.value)),
            CustomPropertyName::Unknown(_) => None,
        },
        _ => None,
    }
}

fn name_of<'a>(variable: &'a Variable<'_>) -> &'a str {
    variable.name.ident.0.as_ref()
}

fn names_in(value: &TokenList<'_>, names: &mut BTreeSet<Name>) {
    for token in &value.0 {
        match token {
            TokenOrValue::Var(variable) => {
                names.insert(name_of(variable).to_owned());
                variable.fallback.iter().for_each(|fallback| names_in(fallback, names));
            }
            TokenOrValue::Function(function) => names_in(&function.arguments, names),
            _ => {}
        }
    }
}

/// Whether it says where to take the value from, in place of a value.
fn is_keyword(value: &TokenList<'_>) -> bool {
    let keywords = ["initial", "inherit", "unset", "revert", "revert-layer"];
    matches!(&value.0[..], [TokenOrValue::Token(Token::Ident(word))] if keywords.contains(&word.as_ref()))
}

/// What a browser makes of a declaration without a value.
fn unset<'i>() -> TokenList<'i> {
    TokenList(vec![TokenOrValue::Token(Token::Ident("unset".into()))])
}

fn trimmed(value: TokenList<'_>) -> TokenList<'_> {
    let mut tokens = value.0;
    while tokens.last().is_some_and(TokenOrValue::is_whitespace) {
        tokens.pop();
    }
    let blank = tokens.iter().take_while(|token| token.is_whitespace()).count();
    tokens.drain(..blank);
    TokenList(tokens)
}

#[cfg(test)]
mod tests {
    use lightningcss::stylesheet::ParserOptions;

    use super::*;

    fn worked_out(css: &str) -> String {
        let mut sheet = StyleSheet::parse(css, ParserOptions::default()).unwrap();
        work_out(&mut sheet);
        super::super::minified(&sheet.to_css(PrinterOptions::default()).unwrap().code).unwrap()
    }

    #[test]
    fn what_is_the_same_everywhere_and_always_is_filled_in() {
        let css = ":root{--a:1px;--b:var(--a)}.x{width:var(--b);height:calc(var(--a) + 2px)}";
        assert_eq!(worked_out(css), ".x{width:1px;height:3px}");
    }

    #[test]
    fn what_depends_on_the_reader_or_on_the_place_stays() {
        for css in [
            ":root{--a:red}@media print{:root{--a:#000}}.x{color:var(--a)}",
            ":root{--a:red}.y{--a:#00f}.x{color:var(--a)}",
            ".y{--a:red}.x{color:var(--a,#00f)}",
            "@media print{:root{--a:red}}.x{color:var(--a)}",
            ":root{--b:var(--a)}.y{--a:red}.x{color:var(--b)}",
        ] {
            assert_eq!(worked_out(css), css);
        }
    }

    #[test]
    fn what_nobody_sets_gives_way_to_what_stands_in_for_it() {
        assert_eq!(worked_out(".x{color:var(--a, var(--b, red))}"), ".x{color:red}");
        assert_eq!(worked_out(".x{--c:var(--a);color:var(--c, red)}"), ".x{color:red}");
        assert_eq!(worked_out(".x{color:red;color:var(--a)}"), ".x{color:unset}");
    }

    #[test]
    fn what_nobody_asks_for_goes() {
        assert_eq!(worked_out(":root{--a:var(--b);--b:1px}.x{color:red}"), ".x{color:red}");
    }

    #[test]
    fn a_constant_of_what_differs_is_asked_for_where_it_is_used() {
        let css = ":root{--a:red;--b:1px solid var(--a)}@media print{:root{--a:#000}}.x{border:var(--b)}";
        let known = ":root{--a:red}@media print{:root{--a:#000}}.x{border:1px solid var(--a)}";
        assert_eq!(worked_out(css), known);
    }
}
