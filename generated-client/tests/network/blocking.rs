use fork::{Fork, fork};
use seam::{ErrorKind, Seam};

use crate::child;
use crate::server::{self, DONE};

#[test]
fn a_blocking_call_in_a_forked_child_is_an_error() {
    child::run("blocking::forks", &[]);
}

#[test]
#[ignore = "needs a process of its own, which forks"]
fn forks() {
    let server = server::plain(server::reply("", DONE.as_bytes()));
    let builder = Seam::builder().api_key("seam_test").endpoint(server.http());
    let seam = builder.build().unwrap();
    seam.locks().unlock_door("d1").call().unwrap();
    match fork().unwrap() {
        Fork::Child => {
            let result = seam.locks().unlock_door("d1").call();
            let refused = result.is_err_and(|error| error.kind() == ErrorKind::InvalidRequest);
            std::process::exit(i32::from(!refused));
        }
        Fork::Parent(child) => {
            let status = fork::waitpid(child).unwrap();
            assert_eq!(status, 0, "the child's call was not refused");
        }
    }
}
