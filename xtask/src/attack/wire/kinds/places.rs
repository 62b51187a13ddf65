//! Addresses that would lead out of the folder of files, or to another site.

use super::{Kind, Wanted, get, kind};

const NOT_THERE: &[u16] = &[400, 403, 404, 405];

pub fn all() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for up in [
        "/..",
        "/%2e%2e",
        "/%2E.",
        "/.%2e",
        "%2f..",
        "%2F%2e%2e",
        "/..%2f",
        "/..%5c",
        "\\..",
        "%5c..",
        "/..;",
        "/..%00",
        "/..%c0%af",
        "/%c0%ae%c0%ae",
        "/%e0%80%ae%e0%80%ae",
        "/%252e%252e",
        "/%u002e%u002e",
        "/..%ef%bc%8f",
        "/.../",
        "/....//",
    ] {
        for start in ["", "/assets", "/.well-known", "/schema"] {
            for file in ["Cargo.toml", "etc/passwd", "server/packaging/environment"] {
                let deep = if file == "etc/passwd" { 12 } else { 2 + usize::from(!start.is_empty()) };
                let target = format!("{start}{}/{file}", up.repeat(deep));
                let target = if target.starts_with('/') { target } else { format!("/{target}") };
                kinds.push(kind(target.clone(), get(&target, ""), Wanted::Once(NOT_THERE)));
            }
        }
    }
    for target in [
        "//",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/~root",
        "/.git/HEAD",
        "/.env",
        "/assets",
        "/assets/",
        "/assets//",
        "/schema/.",
        "/assets/%00",
        "/assets/%2500",
        "/assets/con",
        "/%",
        "/%zz",
        "/%2",
        "/over%00.html",
        "/over/.",
        "/over/..",
        "/over//",
        "/over%2f",
        "/over;x",
        "//over",
        "/./over",
        "/%2fover",
        "/balie/../over",
        "/balie%2f..%2fover",
        "//balie",
        "/./balie",
        "/balie%00",
        "/%62alie",
        "/Balie",
        "//elders.test/%2e%2e",
        "//elders.test/assets/..",
        "/\\elders.test/..",
        "/api//v1/openapi.json",
        "/api/v1/%2e%2e/v1/openapi.json",
        "/metrics",
        "/api/v1/batches/..%2f..%2fopenapi.json",
    ] {
        kinds.push(kind(target, get(target, ""), Wanted::Once(&[400, 401, 403, 404])));
    }
    kinds
}
