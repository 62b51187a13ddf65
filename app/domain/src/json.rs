//! JSON as the schemas describe it, and no more of it than that.

use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::invalid::{Invalid, Problem};

/// Reads one value, and nothing after it.
///
/// # Errors
/// What can't be read, with the path of the field where the reader stopped.
#[cfg(feature = "paths")]
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Invalid> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let why = error.into_inner().to_string();
        Invalid::new(with_the_field(&path, &why), Problem::Unreadable(why))
    })?;
    reader.end().map_err(|error| Invalid::new("", Problem::Unreadable(error.to_string())))?;
    Ok(value)
}

#[cfg(not(feature = "paths"))]
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Invalid> {
    serde_json::from_str(json).map_err(|error| Invalid::new("", Problem::Unreadable(error.to_string())))
}

/// A field that is absent or stands twice is no place that the reader is at: serde names it in its words only.
#[cfg(feature = "paths")]
fn with_the_field(path: &str, why: &str) -> String {
    // The whole document is `.` there, and `?` a place that has no name yet.
    let path = path.trim_end_matches(['.', '?']);
    let named = ["missing field `", "duplicate field `"].iter().find_map(|words| why.strip_prefix(words));
    match named.and_then(|rest| rest.split_once('`')) {
        Some((field, _)) if path.is_empty() => field.to_owned(),
        Some((field, _)) => format!("{path}.{field}"),
        None => path.to_owned(),
    }
}

/// Lets structs be read from an object only, and enums from a word only. The readers that serde derives also take an array
/// of the fields in order, and `{"word": null}`: no schema knows of either. The types say `#[serde(remote = "Self")]`,
/// which leaves both traits to be written here.
macro_rules! read_only_from {
    (objects: $($type:ident),+) => {$(
        $crate::json::read_only_from!($type, deserialize_map, "an object", {
            fn visit_map<A: serde::de::MapAccess<'de>>(self, fields: A) -> Result<$type, A::Error> {
                $type::deserialize(serde::de::value::MapAccessDeserializer::new(fields))
            }
        });
    )+};
    (words: $($type:ident),+) => {$(
        $crate::json::read_only_from!($type, deserialize_str, "a word", {
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<$type, E> {
                $type::deserialize(serde::de::IntoDeserializer::into_deserializer(word))
            }
        });
    )+};
    ($type:ident, $ask:ident, $expected:literal, { $visit:item }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                struct Reader;

                impl<'de> serde::de::Visitor<'de> for Reader {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expected)
                    }

                    $visit
                }

                deserializer.$ask(Reader)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $type::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use read_only_from;

/// Reads any JSON of whole numbers, but no object with the same field twice: people would see the first, programs take
/// the last.
pub(crate) fn without_repeats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    deserializer.deserialize_any(WithoutRepeats)
}

struct WithoutRepeats;

impl<'de> de::DeserializeSeed<'de> for WithoutRepeats {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        without_repeats(deserializer)
    }
}

impl<'de> Visitor<'de> for WithoutRepeats {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON of whole numbers")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(WithoutRepeats)? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if read.contains_key(&name) {
                return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
            }
            let value = fields.next_value_seed(WithoutRepeats)?;
            read.insert(name, value);
        }
        Ok(Value::Object(read))
    }
}
