//! Renders samples of an API's documentation as Rust: each call as callers write it, and its value below.

mod call;
mod check;
mod page;
mod read;
mod show;
mod value;

use crate::generate::Model;
use crate::generate::model_with_trace;
use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::Errors;
use crate::model::Api;
use crate::rust::Plan;
use crate::rust::scope::Scope;
use crate::source::{Options, Source};

use check::Check;
pub use page::{markdown, sections};

/// A file of samples.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name in reports.
    pub name: &'a str,
    /// YAML or JSON: a list of samples.
    pub text: &'a str,
}

/// The result of reading files of samples.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    /// The samples whose call matches the document.
    pub samples: Vec<Sample>,
    /// The mismatches with the document.
    pub mismatches: Vec<Mismatch>,
    /// The files that could not be read.
    pub unreadable: usize,
}

/// A sample whose call matches the document.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The file that it is in.
    pub file: String,
    /// The title: the task of the reader.
    pub title: String,
    /// The description, if the sample has one.
    pub description: Option<String>,
    /// The path of the API that is called.
    pub path: String,
    /// The call, as Rust.
    pub call: String,
    /// The variable for the value of the call, if the sample has the value.
    pub variable: Option<String>,
    /// The value of the call as comments below it; empty if the sample does not have it.
    pub comment: String,
    /// The parameters that the call sends.
    pub parameters: Map<String, Value>,
    /// The body of the reply, if the sample has one.
    pub body: Option<Value>,
    /// The value of the call as JSON.
    pub payload: Option<Value>,
    /// True if the reply matches the document.
    pub reply_fits: bool,
    /// True if the call can succeed with this reply: the reply has the value of the call, if the call has one.
    pub is_answered: bool,
}

impl Sample {
    /// Returns the call and its value.
    #[must_use]
    pub fn source(&self) -> String {
        match self.comment.is_empty() {
            true => self.call.clone(),
            false => format!("{}\n{}", self.call, self.comment),
        }
    }

    /// Returns a mismatch of this sample at a place in it.
    #[must_use]
    pub fn mismatch(&self, pointer: &str, problem: String) -> Mismatch {
        Mismatch {
            file: self.file.clone(),
            title: Some(self.title.clone()),
            pointer: pointer.to_owned(),
            problem,
        }
    }
}

/// A place of a sample that does not match the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The file.
    pub file: String,
    /// The title of the sample, if it has one.
    pub title: Option<String>,
    /// The JSON pointer of the place in the sample, or in the file if the sample has no title.
    pub pointer: String,
    /// The problem.
    pub problem: String,
}

/// The place of the parameters in a sample.
const PARAMETERS: &str = "/request/parameters";
/// The place of the path in a sample.
const PATH: &str = "/request/path";
/// The place of the reply in a sample.
const BODY: &str = "/response/body";

/// Renders samples for the client of a document.
///
/// # Errors
///
/// Returns all problems if the document itself cannot be rendered.
pub fn render(
    source: &Source<'_>,
    options: Options,
    files: &[File<'_>],
) -> Result<Samples, Errors> {
    let Model { api, client, .. } = model_with_trace(source, options)?;
    let plan = Plan::new(&api, &client);
    let scope = Scope::outside(&plan, HashMap::new());
    let mut all = Samples::default();
    for file in files {
        match read::read(file) {
            Err(mismatch) => {
                all.unreadable += 1;
                all.mismatches.push(mismatch);
            }
            Ok(read) => {
                all.mismatches.extend(read.mismatches);
                for sample in read.samples {
                    render_sample(&api, &scope, sample, &mut all);
                }
            }
        }
    }
    Ok(all)
}

/// Renders one sample, or reports its mismatches.
fn render_sample(api: &Api, scope: &Scope<'_>, sample: read::Sample, all: &mut Samples) {
    let mut check = Check::new(api);
    let mut report = |check: Check<'_>, sample: &read::Sample| {
        let found = check.found.into_iter().map(|(pointer, problem)| Mismatch {
            file: sample.file.clone(),
            title: Some(sample.title.clone()),
            pointer,
            problem,
        });
        all.mismatches.extend(found);
    };
    let endpoints = api.endpoints();
    let found = endpoints
        .iter()
        .find(|(_, endpoint)| endpoint.path == sample.path);
    let Some((namespace, endpoint)) = found else {
        check.report(PATH, "the document has no such path");
        return report(check, &sample);
    };
    if endpoint.docs.undocumented.is_some() {
        check.report(PATH, "the document marks the path as undocumented");
        return report(check, &sample);
    }
    let call = call::call(scope, &mut check, namespace, endpoint, &sample);
    let Some(call) = call.filter(|_| check.found.is_empty()) else {
        check.reply(&endpoint.output, sample.body.as_ref());
        return report(check, &sample);
    };
    check.reply(&endpoint.output, sample.body.as_ref());
    let payload = check::payload(&endpoint.output, sample.body.as_ref()).cloned();
    let shown = payload.as_ref().zip(endpoint.output.ty.as_ref());
    let comment = shown.and_then(|(json, ty)| show::comment(scope, ty, json));
    let reply_fits = check.found.is_empty();
    report(check, &sample);
    all.samples.push(Sample {
        file: sample.file,
        title: sample.title,
        description: sample.description,
        path: sample.path,
        call: call.code,
        variable: call.variable,
        comment: comment.unwrap_or_default(),
        parameters: sample.parameters,
        is_answered: payload.is_some() || endpoint.output.ty.is_none(),
        body: sample.body,
        payload,
        reply_fits,
    });
}
