//! Addresses to bytes, politely: the only crate that uses the network.
//!
//! A [`Fetcher`] asks as a good guest does. It says who it is, keeps to `robots.txt` (RFC 9309) and to the pause
//! that it asks for, never asks a host twice without a pause, hands back what the server said of an
//! address last time (`If-None-Match`, `If-Modified-Since`: RFC 9110) so that what has not changed is not sent, and
//! bounds time, size and redirections. It keeps nothing: what is to be remembered is the caller's.
//!
//! Refused alternatives: a crawler that follows links (a ledger is read from sources that somebody chose), and an
//! asynchronous client (one polite request at a time needs none).

mod map;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::time::Duration;

use texting_robots::{Robot, get_robots_url};
use ureq::Agent;
use ureq::http::Response;
use url::Url;

pub use map::{Map, read_map};

/// The name under which `robots.txt` may speak of us.
const NAME: &str = "Tandem";
/// Largest `robots.txt` that is read, in bytes; RFC 9309 asks for 500 KiB at least.
const ROBOTS_BYTES: u64 = 512 << 10;
/// Redirections that are followed.
const HOPS: usize = 5;
/// Longest pause that a `robots.txt` may ask for; one that asks for more is not read at all quickly, but hangs nobody.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How the network is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who asks: name, version and where to read about it.
    pub user_agent: String,
    /// Longest time for one answer, from the question to the last byte.
    pub timeout: Duration,
    /// Largest answer, in bytes, after decompression.
    pub bytes: u64,
    /// Time between two questions to one host, unless its `robots.txt` asks for more.
    pub pause: Duration,
}

impl Default for Settings {
    /// 30 seconds, 64 MiB, a pause of one second.
    fn default() -> Self {
        Self {
            user_agent: format!("{NAME}/{} (reads public reports for a ledger)", env!("CARGO_PKG_VERSION")),
            timeout: Duration::from_secs(30),
            bytes: 64 << 20,
            pause: Duration::from_secs(1),
        }
    }
}

/// What a server said of an address, to be handed back when asking again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, after redirections.
    pub address: String,
    /// Media type in lower case, without parameters.
    pub media: Option<String>,
    /// Label of the encoding.
    pub charset: Option<String>,
    /// What the server said of the address.
    pub validators: Validators,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The address has changed, or was not known.
    New(Box<Fetched>),
    /// What the caller has is what the server has.
    Unchanged,
}

/// Why there is no answer. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address of the web.
    #[error("is no address that can be fetched: {0} (write http:// or https:// and a host)")]
    Address(String),
    /// The host does not want to be read by programs.
    #[error(
        "may not be fetched: the host's robots.txt forbids it (save the page yourself and read the file)"
    )]
    Forbidden,
    /// The server refused.
    #[error("the server answered {status} {reason}{}", advice(*status))]
    Status {
        /// HTTP status code.
        status: u16,
        /// Its standard phrase.
        reason: String,
    },
    /// More than the limit.
    #[error("is larger than {} MB (allow more with --max-size)", .0 >> 20)]
    TooLarge(u64),
    /// Too many redirections, or one that leads nowhere.
    #[error(
        "is redirected without end or to no address (open it in a browser and use the address that it ends at)"
    )]
    Redirects,
    /// No connection, no answer in time, a broken answer.
    #[error("cannot be reached: {0}")]
    Network(String),
}

fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 => " (it wants a login or a person: save the page yourself and read the file)",
        404 | 410 => " (the page is gone: check the address)",
        429 | 503 => " (too many questions or too much work: wait, then try again)",
        _ => "",
    }
}

/// Asks servers. Remembers, for its own lifetime, what hosts want.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    settings: Settings,
    /// Waits so long. Libraries know no clock: whoever runs the program knows how to wait.
    wait: fn(Duration),
    /// What the `robots.txt` of a host says: `None` when it forbids everything.
    manners: BTreeMap<String, Option<Manners>>,
    asked: BTreeSet<String>,
}

#[derive(Debug)]
struct Manners {
    robot: Robot,
    pause: Duration,
}

impl Fetcher {
    /// A fetcher that has asked nobody yet; `wait` is called for the pauses (`std::thread::sleep`).
    pub fn new(settings: Settings, wait: fn(Duration)) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(settings.timeout))
            .user_agent(settings.user_agent.clone())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build();
        Self { agent: config.into(), settings, wait, manners: BTreeMap::new(), asked: BTreeSet::new() }
    }

    /// Asks for an address; with validators, only for what has changed since.
    ///
    /// # Errors
    /// When the address is none, the host forbids it, or nothing usable comes back: see [`FetchError`].
    pub fn get(&mut self, address: &str, known: &Validators) -> Result<Answer, FetchError> {
        let mut url = web_address(address)?;
        for _ in 0..=HOPS {
            if !self.may(&url)? {
                return Err(FetchError::Forbidden);
            }
            let mut response = self.ask(&url, known)?;
            let status = response.status();
            match status.as_u16() {
                200..=299 => return self.take(&url, &mut response).map(|new| Answer::New(Box::new(new))),
                304 => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => {
                    let to = header(&response, "location").and_then(|to| url.join(&to).ok());
                    url = web_address(to.ok_or(FetchError::Redirects)?.as_str())?;
                }
                code => {
                    let reason = status.canonical_reason().unwrap_or_default().to_owned();
                    return Err(FetchError::Status { status: code, reason });
                }
            }
        }
        Err(FetchError::Redirects)
    }

    /// One question, after the pause that the host is due.
    fn ask(&mut self, url: &Url, known: &Validators) -> Result<Response<ureq::Body>, FetchError> {
        let host = host(url);
        if !self.asked.insert(host.clone()) {
            let wanted = self.manners.get(&host).and_then(Option::as_ref).map(|manners| manners.pause);
            (self.wait)(wanted.unwrap_or_default().max(self.settings.pause));
        }
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(day) = &known.last_modified {
            request = request.header("If-Modified-Since", day);
        }
        request.call().map_err(|error| FetchError::Network(error.to_string()))
    }

    fn take(&self, url: &Url, response: &mut Response<ureq::Body>) -> Result<Fetched, FetchError> {
        let kind = header(response, "content-type").unwrap_or_default();
        let mut parts = kind.split(';').map(str::trim);
        let media = parts.next().filter(|media| !media.is_empty()).map(str::to_ascii_lowercase);
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.eq_ignore_ascii_case("charset").then(|| value.trim_matches('"').to_owned())
        });
        let validators =
            Validators { etag: header(response, "etag"), last_modified: header(response, "last-modified") };
        let bytes = read_up_to(response, self.settings.bytes)?;
        Ok(Fetched { address: url.to_string(), media, charset, validators, bytes })
    }

    /// Whether the host lets us read the address. Without a `robots.txt`, or when it cannot be found, everything is
    /// allowed; when the server is in trouble, nothing is (RFC 9309, 2.3.1).
    fn may(&mut self, url: &Url) -> Result<bool, FetchError> {
        let host = host(url);
        if !self.manners.contains_key(&host) {
            let manners = self.manners_of(url)?;
            self.manners.insert(host.clone(), manners);
        }
        let manners = self.manners.get(&host).and_then(Option::as_ref);
        Ok(manners.is_some_and(|manners| manners.robot.allowed(url.as_str())))
    }

    fn manners_of(&mut self, url: &Url) -> Result<Option<Manners>, FetchError> {
        let address = get_robots_url(url.as_str()).map_err(|error| FetchError::Address(error.to_string()))?;
        let mut url = web_address(&address)?;
        let mut text = Vec::new();
        for _ in 0..=HOPS {
            let mut response = self.ask(&url, &Validators::default())?;
            match response.status().as_u16() {
                200..=299 => {
                    let mut reader = response.body_mut().as_reader().take(ROBOTS_BYTES);
                    reader.read_to_end(&mut text).map_err(|error| FetchError::Network(error.to_string()))?;
                    break;
                }
                301 | 302 | 303 | 307 | 308 => {
                    match header(&response, "location").and_then(|to| url.join(&to).ok()) {
                        Some(to) => url = web_address(to.as_str())?,
                        None => break,
                    }
                }
                500..=599 => return Ok(None),
                _ => break,
            }
        }
        let Ok(robot) = Robot::new(NAME, &text) else { return Ok(None) };
        let pause = Duration::try_from_secs_f32(robot.delay.unwrap_or(0.0)).unwrap_or_default();
        Ok(Some(Manners { robot, pause: pause.min(LONGEST_PAUSE) }))
    }
}

/// The body, unpacked, when it is not larger than the limit.
fn read_up_to(response: &mut Response<ureq::Body>, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let mut reader = response.body_mut().as_reader().take(limit.saturating_add(1));
    reader.read_to_end(&mut bytes).map_err(|error| FetchError::Network(error.to_string()))?;
    if bytes.len() as u64 > limit { Err(FetchError::TooLarge(limit)) } else { Ok(bytes) }
}

fn header(response: &Response<ureq::Body>, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// Scheme, host and port: what a `robots.txt` speaks for.
fn host(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn web_address(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address).map_err(|error| FetchError::Address(error.to_string()))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        scheme => Err(FetchError::Address(format!("its scheme is {scheme}"))),
    }
}

/// An address as it stands in a page, made whole by the page's own; `None` when it is none of the web.
pub fn resolve(base: &str, link: &str) -> Option<String> {
    let mut url = Url::parse(base).ok()?.join(link.trim()).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_fetched() {
        let mut fetcher = Fetcher::new(Settings::default(), |_| {});
        for address in ["file:///etc/passwd", "reports", "ftp://a.example/x", "http://", "javascript:1"] {
            let error = fetcher.get(address, &Validators::default()).unwrap_err();
            assert!(matches!(error, FetchError::Address(_)), "{address}: {error}");
        }
        assert_eq!(resolve("https://a.example/feed/", "../x?y#z").as_deref(), Some("https://a.example/x?y"));
        assert_eq!(resolve("https://a.example/", "mailto:a@b"), None);
    }
}
