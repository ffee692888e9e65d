// SPDX-License-Identifier: Apache-2.0
//! A device as Drogue Device makes one: the updater of embedded-update, on a transport of its own.
//! `reference-device SERVER APPLICATION DEVICE PASSWORD_FILE VERSION IMAGE_FILE` runs until it was updated,
//! restarts with the new version until it is in sync, and writes the image that it got to IMAGE_FILE.
mod clock;
mod coap;
mod codec;
mod credential;
mod flash;
mod http;
mod mqtt;

use credential::Credential;
use embedded_update::{DeviceStatus, FirmwareUpdater, UpdateService, UpdaterConfig};
use flash::Flash;
use std::error::Error;

fn update<S: UpdateService>(service: S, flash: &mut Flash) -> Result<(), Box<dyn Error>> {
    let config = UpdaterConfig { timeout_ms: 15_000, backoff_ms: 100 };
    let mut updater = FirmwareUpdater::new(service, config);
    loop {
        let status = futures::executor::block_on(updater.run(flash, &mut clock::Clock));
        match status.map_err(|error| format!("{error:?}"))? {
            DeviceStatus::Updated => flash.reboot(),
            DeviceStatus::Synced(_) => return Ok(()),
        }
    }
}

fn update_from(server: &str, credential: Credential, flash: &mut Flash) -> Result<(), Box<dyn Error>> {
    match server.split_once("://") {
        Some(("http", address)) => update(http::Http::new(address, credential), flash),
        Some(("mqtt", address)) => update(mqtt::Mqtt::new(address, &credential)?, flash),
        Some(("coap", address)) => update(coap::Coap::new(address, credential)?, flash),
        _ => Err(format!("{server} is no server that this device knows how to reach").into()),
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, application, device, password_file, version, image_file] = &arguments[..] else {
        return Err("expected SERVER APPLICATION DEVICE PASSWORD_FILE VERSION IMAGE_FILE".into());
    };
    let password = std::fs::read_to_string(password_file)?.trim_end().to_string();
    let mut flash = Flash::new(version);
    update_from(server, Credential::new(application, device, &password), &mut flash)?;
    println!("{} after {} blocks", flash.version(), flash.blocks());
    std::fs::write(image_file, flash.image())?;
    Ok(())
}

fn main() {
    if let Err(error) = run() {
        eprintln!("reference-device: {error}");
        std::process::exit(1);
    }
}
