use crate::wire::{Json, Reader, Slot, Writer};

/// A number of any type, as an argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(Form);

/// Integers are separate, because large ones would lose digits as a float.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Float(f64),
    Signed(i64),
    Unsigned(u64),
}

impl Default for Number {
    fn default() -> Self {
        Self(Form::Signed(0))
    }
}

impl Slot for Number {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        if let Json::Number(number) = &json {
            let signed = number.as_i64().map(Self::from);
            if let Some(whole) = signed.or_else(|| number.as_u64().map(Self::from)) {
                *self = whole;
                return true;
            }
        }
        let mut number = 0.0;
        let read = number.read(json, reader);
        if read {
            *self = Self::from(number);
        }
        read
    }

    fn write(&mut self, writer: &mut Writer) {
        match self.0 {
            Form::Float(number) => writer.number(number),
            Form::Signed(number) => writer.integer(number),
            Form::Unsigned(number) => writer.json(&number.to_string()),
        }
    }

    fn expected(&self) -> &'static str {
        "number"
    }
}

macro_rules! from {
    ($form:ident($held:ty): $($type:ty),+) => { $(
        impl From<$type> for Number {
            #[inline]
            fn from(number: $type) -> Self {
                Self(Form::$form(<$held>::from(number)))
            }
        }
    )+ };
}
from! { Float(f64): f64, f32 }
from! { Signed(i64): i64, i32, i16, i8 }
from! { Unsigned(u64): u64, u32, u16, u8 }

impl From<usize> for Number {
    #[inline]
    fn from(number: usize) -> Self {
        // `usize` has at most 64 bits on all targets.
        Self(Form::Unsigned(u64::try_from(number).unwrap_or(u64::MAX)))
    }
}
