//! Arguments for optional parameters: a value, or an `Option` of one.

use crate::wire::Slot;

/// A value for an optional parameter: anything that converts into `T`, or an [`Option`] of that. `None` leaves the parameter out.
///
/// To clear a value on the server, pass [`Null`](crate::Null), where the parameter may be null. `None` never clears one.
///
/// The compiler infers the marker `M`, which distinguishes a value from an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for this optional parameter",
    label = "expected what converts into `{T}`, or an `Option` of it",
    note = "`Null` clears the value of a parameter that may be null; `None` leaves the parameter out",
    note = "a time is a `Timestamp` or `ZonedDateTime` of `jiff`, a `SystemTime`, or text: for `chrono`, pass `time.to_rfc3339()`",
    note = "an id is the resource itself, its id, or text; the id of another kind of resource is not taken"
)]
pub trait Optional<T, M> {
    /// Returns the value, if there is one.
    #[doc(hidden)]
    fn optional(self) -> OptionalValue<T>;
}

/// A value, or nothing to send.
#[derive(Debug)]
#[doc(hidden)]
pub struct OptionalValue<T>(pub(crate) Option<T>);

/// Marks a value that is not an `Option`.
#[derive(Debug)]
#[doc(hidden)]
#[allow(clippy::exhaustive_enums, reason = "a marker has no values")]
pub enum Given {}

/// Marks an `Option`.
#[derive(Debug)]
#[doc(hidden)]
#[allow(clippy::exhaustive_enums, reason = "a marker has no values")]
pub enum Perhaps {}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> Optional<T, Given> for V {
    #[inline]
    fn optional(self) -> OptionalValue<T> {
        OptionalValue(Some(self.into()))
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> Optional<T, Perhaps> for Option<V> {
    #[inline]
    fn optional(self) -> OptionalValue<T> {
        OptionalValue(self.map(Into::into))
    }
}

/// A value, possibly missing, that a request sets under a name.
pub(crate) trait Sent {
    /// Returns the value; `None` if there is nothing to send.
    fn value(&mut self) -> Option<&mut dyn Slot>;
}

impl<T: Slot> Sent for T {
    #[inline]
    fn value(&mut self) -> Option<&mut dyn Slot> {
        Some(self)
    }
}

impl<T: Slot> Sent for OptionalValue<T> {
    #[inline]
    fn value(&mut self) -> Option<&mut dyn Slot> {
        self.0.as_mut().map(|value| value as &mut dyn Slot)
    }
}
