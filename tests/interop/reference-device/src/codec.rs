// SPDX-License-Identifier: Apache-2.0
//! Statuses and commands as CBOR, by the crates and in the buffers of the devices in the field.
use embedded_update::{Command, Status};
use serde_cbor::{de, ser, Serializer};

/// A status has to fit here.
const STATUS_ROOM: usize = 64;
/// A command has to fit here, with all that its transport puts around it.
pub const COMMAND_ROOM: usize = 2048;

pub fn encode(status: &Status) -> Result<Vec<u8>, String> {
    let mut buffer = [0; STATUS_ROOM];
    let writer = ser::SliceWrite::new(&mut buffer);
    let mut serializer = Serializer::new(writer).packed_format();
    serde::Serialize::serialize(status, &mut serializer).map_err(|error| format!("status: {error}"))?;
    let length = serializer.into_inner().bytes_written();
    Ok(buffer[..length].to_vec())
}

pub fn decode(data: &mut [u8]) -> Result<Command<'_>, String> {
    de::from_mut_slice(data).map_err(|error| format!("command: {error}"))
}
