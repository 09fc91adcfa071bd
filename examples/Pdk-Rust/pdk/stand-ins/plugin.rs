//! A plugin function with typed input and output by serde, in both formats.
use plugins_pdk::serde::{Json, MessagePack};
use plugins_pdk::{plugin_fn, Error};

pub struct Counts;
impl serde::Serialize for Counts {}
impl serde::de::DeserializeOwned for Counts {}

plugin_fn! {
    pub fn from_json(counts: Json<Counts>) -> Result<MessagePack<Counts>, Error> {
        Ok(MessagePack(counts.0))
    }

    pub fn from_message_pack(counts: MessagePack<Counts>) -> Result<Json<Counts>, Error> {
        Ok(Json(counts.0))
    }
}
