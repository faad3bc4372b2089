//! Bodies of requests that are read while they are sent.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::super::parts::{Body as Content, Parts};
use super::multipart::{self, BOUNDARY};
use super::upload::Source;
use super::{RareBody, RareContent};
use crate::error::Error;
use crate::request::settings;
use crate::transport::Body;

impl Parts {
    /// Returns the body of this request, if it streams.
    pub(super) async fn outgoing(&self) -> Result<Option<Body>, Error> {
        if !self.sources().any(|source| source.streams()) {
            return Ok(None);
        }
        let mut outgoing = OutgoingBody::default();
        match &self.body {
            Content::Rare(RareBody::Raw(upload, _)) => outgoing.add(&upload.source, false).await?,
            _ => {
                for segment in multipart::segments(&self.settings) {
                    match segment {
                        multipart::FormPiece::Bytes(bytes) => outgoing.add_bytes(bytes),
                        multipart::FormPiece::Stream(source) => outgoing.add(source, true).await?,
                    }
                }
            }
        }
        Ok(Some(Body::new(outgoing)))
    }

    /// Returns true if the request cannot be sent again, because a part of its stream was sent.
    pub(in crate::request) fn is_spent(&self) -> bool {
        self.sources().any(Source::is_spent)
    }

    /// Returns the sources of the uploads in the body.
    fn sources(&self) -> impl Iterator<Item = &Source> {
        let whole = match &self.body {
            Content::Rare(RareBody::Raw(upload, _)) => Some(&upload.source),
            _ => None,
        };
        let is_form = matches!(self.body, Content::Rare(RareBody::Multipart));
        let set = self.settings.all().filter(move |_| is_form);
        whole
            .into_iter()
            .chain(set.filter_map(|setting| match &setting.content {
                settings::Content::Rare(RareContent::File(upload, _)) => Some(&upload.source),
                _ => None,
            }))
    }
}

/// The pieces of a body, in order.
#[derive(Default)]
struct OutgoingBody(VecDeque<BodyPiece>);

struct BodyPiece {
    body: Body,
    /// The number of bytes left, if it is known.
    left: Option<u64>,
    /// The end of the bytes that were sent, to find the boundary of a form across chunks.
    tail: Option<Vec<u8>>,
}

impl OutgoingBody {
    fn add_bytes(&mut self, bytes: Vec<u8>) {
        self.0.push_back(BodyPiece {
            left: Some(bytes.len() as u64),
            body: bytes.into(),
            tail: None,
        });
    }

    async fn add(&mut self, source: &Source, is_part: bool) -> Result<(), Error> {
        let (body, left) = source.open().await?;
        let tail = is_part.then(Vec::new);
        self.0.push_back(BodyPiece { body, left, tail });
        Ok(())
    }
}

impl BodyPiece {
    /// Checks that the next chunk may be sent.
    fn pass(&mut self, chunk: &[u8]) -> Result<(), &'static str> {
        if let Some(left) = &mut self.left {
            let rest = left.checked_sub(chunk.len() as u64);
            *left = rest.ok_or("the upload is longer than its length says")?;
        }
        let finds_boundary = (self.tail.as_mut()).is_some_and(|tail| finds_boundary(tail, chunk));
        match finds_boundary {
            true => Err("the upload contains the boundary of the form"),
            false => Ok(()),
        }
    }

    fn end(&self) -> Result<(), &'static str> {
        match self.left {
            None | Some(0) => Ok(()),
            Some(_) => Err("the upload is shorter than its length says"),
        }
    }
}

/// Returns true if the boundary is in this chunk, or starts in an earlier one. `tail` keeps the end of all chunks so far.
fn finds_boundary(tail: &mut Vec<u8>, chunk: &[u8]) -> bool {
    let reach = BOUNDARY.len() - 1;
    tail.extend_from_slice(&chunk[..chunk.len().min(reach)]);
    let found = multipart::contains_boundary(tail) || multipart::contains_boundary(chunk);
    if chunk.len() > reach {
        tail.clear();
        tail.extend_from_slice(&chunk[chunk.len() - reach..]);
    } else {
        tail.drain(..tail.len().saturating_sub(reach));
    }
    found
}

impl HttpBody for OutgoingBody {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        while let Some(piece) = self.0.front_mut() {
            if let Some(chunk) = ready!(piece.body.poll_chunk(context)) {
                let chunk = chunk?;
                piece.pass(&chunk)?;
                return Poll::Ready(Some(Ok(Frame::data(chunk))));
            }
            piece.end()?;
            self.0.pop_front();
        }
        Poll::Ready(None)
    }

    /// Returns the length for the header `content-length`.
    fn size_hint(&self) -> SizeHint {
        let lengths = self.0.iter().map(|piece| piece.left);
        let length = lengths.sum::<Option<u64>>();
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::{BOUNDARY, finds_boundary};

    #[test]
    fn the_boundary_is_found_across_chunks() {
        let text = format!("before {BOUNDARY} after");
        for size in 1..text.len() {
            let mut tail = Vec::new();
            let mut chunks = text.as_bytes().chunks(size);
            assert!(
                chunks.any(|chunk| finds_boundary(&mut tail, chunk)),
                "{size}"
            );
            let mut tail = Vec::new();
            let mut chunks = text.as_bytes()[1 + "before ".len()..].chunks(size);
            assert!(
                !chunks.any(|chunk| finds_boundary(&mut tail, chunk)),
                "{size}"
            );
        }
    }
}
