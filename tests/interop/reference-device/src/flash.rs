// SPDX-License-Identifier: Apache-2.0
//! Flash in memory, as particular about its blocks as the firmware managers in the field.
use embedded_update::{FirmwareDevice, FirmwareStatus};
use heapless::Vec as Short;

/// Blocks are written in words of so many bytes; only the last one may be shorter.
const WORD: usize = 4;

type Version = Short<u8, 16>;

pub struct Flash {
    running: Version,
    next: Option<Version>,
    image: Vec<u8>,
    blocks: usize,
    swapped: bool,
}

impl Flash {
    pub fn new(version: &str) -> Self {
        let running = Version::from_slice(version.as_bytes()).expect("a version of at most 16 bytes");
        Self { running, next: None, image: Vec::new(), blocks: 0, swapped: false }
    }

    /// What happens after a swap: the next version runs.
    pub fn reboot(&mut self) {
        assert!(self.swapped);
        self.running = self.next.take().expect("a version to run");
    }

    pub fn version(&self) -> &str {
        std::str::from_utf8(&self.running).expect("a version in ASCII")
    }

    pub fn blocks(&self) -> usize {
        self.blocks
    }

    pub fn image(&self) -> &[u8] {
        &self.image
    }
}

impl FirmwareDevice for Flash {
    /// What the examples for the Raspberry Pi Pico W announce: more than fits into their buffer.
    const MTU: usize = 2048;
    type Version = Version;
    type Error = String;

    async fn status(&mut self) -> Result<FirmwareStatus<Version>, String> {
        Ok(FirmwareStatus {
            current_version: self.running.clone(),
            next_offset: 0,
            next_version: None,
        })
    }

    async fn start(&mut self, version: &[u8]) -> Result<(), String> {
        self.next = Some(Version::from_slice(version).map_err(|_| "a version of more than 16 bytes")?);
        self.image.clear();
        self.swapped = false;
        Ok(())
    }

    async fn write(&mut self, offset: u32, data: &[u8]) -> Result<(), String> {
        if offset as usize != self.image.len() {
            return Err(format!("a block at {offset}, expected one at {}", self.image.len()));
        }
        if data.is_empty() || (data.len() > WORD && data.len() % WORD != 0) {
            return Err(format!("a block of {} bytes is not aligned", data.len()));
        }
        self.image.extend_from_slice(data);
        self.blocks += 1;
        Ok(())
    }

    async fn update(&mut self, version: &[u8], _checksum: &[u8]) -> Result<(), String> {
        if self.next.as_deref() != Some(version) {
            return Err("a swap to a version that was not written".to_string());
        }
        self.swapped = true;
        Ok(())
    }

    async fn synced(&mut self) -> Result<(), String> {
        Ok(())
    }
}
