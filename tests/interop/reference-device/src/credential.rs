// SPDX-License-Identifier: Apache-2.0
//! Who the device is.

pub struct Credential {
    pub application: String,
    pub device: String,
    pub password: String,
}

impl Credential {
    pub fn new(application: &str, device: &str, password: &str) -> Self {
        Self {
            application: application.to_string(),
            device: device.to_string(),
            password: password.to_string(),
        }
    }

    pub fn user(&self) -> String {
        format!("{}@{}", self.device, self.application)
    }

    /// The value of an Authorization header.
    pub fn basic(&self) -> String {
        format!("Basic {}", base64(format!("{}:{}", self.user(), self.password).as_bytes()))
    }
}

fn base64(data: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for piece in data.chunks(3) {
        let bits = piece.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - piece.len()));
        for index in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * index)) as usize & 63];
            text.push(if index <= piece.len() { letter as char } else { '=' });
        }
    }
    text
}
