mod auth;
mod session;

const KEY: &str = "seam_key_secret";

type Environment = &'static [(&'static str, &'static str)];
const NOTHING: Environment = &[];
