//! The values that a parameter takes.

/// A value for a parameter of the type `T`: anything that converts [`Into`] that type.
///
/// - An id is taken from the resource itself, from its id, and from text.
/// - A [`DateTime`](crate::DateTime) is taken from a time of [`jiff`](crate::Timestamp), from a
///   [`SystemTime`](std::time::SystemTime), and from text.
/// - A [`Nullable`](crate::Nullable) is taken from [`Null`](crate::Null), and from all that its value is taken from.
///
/// It is implemented for every type that implements [`Into`]. If a value does not convert, the compiler says what to pass
/// instead.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for this parameter",
    label = "expected what converts into `{T}`",
    note = "a parameter that may be null takes `Null`, not `None`",
    note = "a time is a `Timestamp` or `ZonedDateTime` of `jiff`, a `SystemTime`, or text: for `chrono`, pass `time.to_rfc3339()`",
    note = "an id is the resource itself, its id, or text; the id of another kind of resource is not taken"
)]
pub trait IntoParam<T> {
    /// Converts the value.
    #[doc(hidden)]
    fn into_param(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> IntoParam<T> for V {
    #[inline]
    fn into_param(self) -> T {
        self.into()
    }
}
