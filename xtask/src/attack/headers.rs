//! What MDN's header observatory says of every page, behind a line of TLS as in real use.

use std::process::Stdio;

use anyhow::Result;

use super::scanners::folder;
use crate::paths;
use crate::process::{self, command};
use crate::proof::Figures;
use crate::server::{self, Running};
use crate::tools;

pub fn check(server: &Running, figures: &Figures) -> Result<()> {
    tools::for_looking_at_headers()?;
    std::fs::create_dir_all(folder())?;
    let (certificate, key) = (folder().join("certificate.pem"), folder().join("key.pem"));
    let mut openssl = command("openssl");
    openssl.args([
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]);
    openssl.args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout"]).arg(&key);
    process::run(openssl.arg("-out").arg(&certificate).stderr(Stdio::null()))?;
    process::run(
        figures
            .from(&mut command("node"))
            .arg("observatory.mjs")
            .current_dir(paths::root().join("end2end"))
            .env("BASE_URL", server.base_url())
            .env(server::DATABASE_URL, server.database_url())
            // No browser looks.
            .env("CHROMIUM", "")
            .env("SESSION", server.set_by_signing_in("coordinator")?)
            .env("TLS_CERTIFICATE", &certificate)
            .env("TLS_KEY", &key)
            .env("NODE_EXTRA_CA_CERTS", &certificate),
    )
}
