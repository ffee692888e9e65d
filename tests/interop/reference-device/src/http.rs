// SPDX-License-Identifier: Apache-2.0
//! HTTP as drogue-device speaks it: a connection for each turn, the header in tiny writes, one buffer of 2 KiB
//! for the whole answer, which needs a Content-Length.
use crate::codec::{self, COMMAND_ROOM};
use crate::credential::Credential;
use embedded_update::{Command, Status, UpdateService};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(40);

pub struct Http {
    address: String,
    credential: Credential,
    buffer: [u8; COMMAND_ROOM],
}

/// Where the body of an answer lies in the buffer.
struct Body {
    begin: usize,
    length: usize,
}

impl Http {
    pub fn new(address: &str, credential: Credential) -> Self {
        Self { address: address.to_string(), credential, buffer: [0; COMMAND_ROOM] }
    }

    fn send(&self, connection: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
        let host = self.address.split(':').next().unwrap_or_default();
        let (basic, length) = (self.credential.basic(), body.len().to_string());
        let pieces = [
            "POST ", "/v1/dfu?ct=30", " HTTP/1.1\r\n", "Authorization: ", &basic, "\r\n", "Host: ", host, "\r\n",
            "Content-Type: ", "application/cbor", "\r\n", "Content-Length: ", &length, "\r\n", "\r\n",
        ];
        for piece in pieces {
            connection.write_all(piece.as_bytes())?;
        }
        connection.write_all(body)
    }

    fn receive(&mut self, connection: &mut TcpStream) -> Result<Body, String> {
        let mut filled = 0;
        loop {
            let count = connection.read(&mut self.buffer[filled..]).map_err(|error| error.to_string())?;
            if count == 0 {
                return Err(format!("the answer ended, or is too long, after {filled} bytes"));
            }
            filled += count;
            match body_of(&self.buffer[..filled])? {
                Some(body) if body.begin + body.length <= filled => return Ok(body),
                _ => {}
            }
        }
    }

    fn exchange(&mut self, status: &[u8]) -> Result<Body, String> {
        let mut connection = TcpStream::connect(&self.address).map_err(|error| error.to_string())?;
        connection.set_nodelay(true).map_err(|error| error.to_string())?;
        connection.set_read_timeout(Some(TIMEOUT)).map_err(|error| error.to_string())?;
        self.send(&mut connection, status).map_err(|error| error.to_string())?;
        self.receive(&mut connection)
    }
}

/// None while the header is not there yet.
fn body_of(answer: &[u8]) -> Result<Option<Body>, String> {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let header = std::str::from_utf8(&answer[..end]).map_err(|error| error.to_string())?;
    let code = header.split(' ').nth(1).unwrap_or_default();
    if !["200", "201", "202"].contains(&code) {
        return Err(format!("the server answered {code}"));
    }
    let length = header
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .ok_or("the answer has no Content-Length")?;
    Ok(Some(Body { begin: end + 4, length }))
}

impl UpdateService for Http {
    type Error = String;

    async fn request<'m>(&'m mut self, status: &'m Status<'m>) -> Result<Command<'m>, String> {
        let body = self.exchange(&codec::encode(status)?)?;
        codec::decode(&mut self.buffer[body.begin..body.begin + body.length])
    }
}
