// SPDX-License-Identifier: Apache-2.0
//! MQTT 3.1.1 by rumqttc: a status to the device's topic, its command from the one below.
use crate::codec;
use crate::credential::Credential;
use embedded_update::{Command, Status, UpdateService};
use rumqttc::{Client, Connection, Event, MqttOptions, Packet, QoS};
use std::time::{Duration, Instant};

const TIMEOUT: Duration = Duration::from_secs(10);

pub struct Mqtt {
    client: Client,
    connection: Connection,
    status_topic: String,
    command_topic: String,
    command: Vec<u8>,
}

impl Mqtt {
    pub fn new(address: &str, credential: &Credential) -> Result<Self, String> {
        let (host, port) = address.split_once(':').ok_or("the broker has no port")?;
        let port = port.parse().map_err(|_| "the broker's port is no number")?;
        let user = format!("{}/{}", credential.application, credential.device);
        let mut options = MqttOptions::new(&user, host, port);
        options.set_credentials(&user, credential.password.clone());
        let (client, connection) = Client::new(options, 10);
        let place = format!("ajour/{user}");
        let (status_topic, command_topic) = (format!("{place}/dfu"), format!("{place}/command/dfu"));
        client.subscribe(&command_topic, QoS::AtLeastOnce).map_err(|error| error.to_string())?;
        Ok(Self { client, connection, status_topic, command_topic, command: Vec::new() })
    }

    fn receive(&mut self) -> Result<(), String> {
        let end = Instant::now() + TIMEOUT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.connection.recv_timeout(left).map_err(|error| format!("no command: {error:?}"))?;
            match event.map_err(|error| error.to_string())? {
                Event::Incoming(Packet::Publish(message)) if message.topic == self.command_topic => {
                    self.command = message.payload.to_vec();
                    return Ok(());
                }
                _ => {}
            }
        }
    }
}

impl UpdateService for Mqtt {
    type Error = String;

    async fn request<'m>(&'m mut self, status: &'m Status<'m>) -> Result<Command<'m>, String> {
        self.client
            .publish(&self.status_topic, QoS::AtLeastOnce, false, codec::encode(status)?)
            .map_err(|error| error.to_string())?;
        self.receive()?;
        codec::decode(&mut self.command)
    }
}
