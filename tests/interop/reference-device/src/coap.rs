// SPDX-License-Identifier: Apache-2.0
//! CoAP by coap-lite: a confirmable POST as Drogue Cloud's endpoint takes it, sent again until it is answered.
use crate::codec::{self, COMMAND_ROOM};
use crate::credential::Credential;
use coap_lite::{CoapOption, ContentFormat, MessageClass, MessageType, Packet, RequestType, ResponseType};
use embedded_update::{Command, Status, UpdateService};
use std::net::UdpSocket;
use std::time::Duration;

const AUTHORIZATION: CoapOption = CoapOption::Unknown(4209);
const COMMAND: CoapOption = CoapOption::Unknown(4210);
const PATIENCE: [u64; 4] = [2, 4, 8, 16];

pub struct Coap {
    socket: UdpSocket,
    credential: Credential,
    message_id: u16,
    command: Vec<u8>,
}

impl Coap {
    pub fn new(address: &str, credential: Credential) -> Result<Self, String> {
        let socket = UdpSocket::bind("0.0.0.0:0").map_err(|error| error.to_string())?;
        socket.connect(address).map_err(|error| error.to_string())?;
        Ok(Self { socket, credential, message_id: 0, command: Vec::new() })
    }

    fn request(&mut self, status: Vec<u8>) -> Packet {
        self.message_id = self.message_id.wrapping_add(1);
        let mut request = Packet::new();
        request.header.set_type(MessageType::Confirmable);
        request.header.code = MessageClass::Request(RequestType::Post);
        request.header.message_id = self.message_id;
        request.set_token(self.message_id.to_be_bytes().to_vec());
        for segment in ["v1", "dfu"] {
            request.add_option(CoapOption::UriPath, segment.into());
        }
        request.set_content_format(ContentFormat::ApplicationCBOR);
        request.add_option(CoapOption::UriQuery, b"ct=30".to_vec());
        request.add_option(AUTHORIZATION, self.credential.basic().into_bytes());
        request.payload = status;
        request
    }

    /// The answer to a request, or None when there is none for so long.
    fn receive(&mut self, request: &Packet, patience: Duration) -> Result<Option<Packet>, String> {
        self.socket.set_read_timeout(Some(patience)).map_err(|error| error.to_string())?;
        let mut buffer = [0; COMMAND_ROOM];
        while let Ok(length) = self.socket.recv(&mut buffer) {
            let answer = Packet::from_bytes(&buffer[..length]).map_err(|error| error.to_string())?;
            if answer.header.get_type() == MessageType::Confirmable {
                self.acknowledge(&answer)?;
            }
            if answer.get_token() == request.get_token() && answer.header.code != MessageClass::Empty {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    fn acknowledge(&self, answer: &Packet) -> Result<(), String> {
        let mut empty = Packet::new();
        empty.header.set_type(MessageType::Acknowledgement);
        empty.header.code = MessageClass::Empty;
        empty.header.message_id = answer.header.message_id;
        self.send(&empty)
    }

    fn send(&self, packet: &Packet) -> Result<(), String> {
        let bytes = packet.to_bytes().map_err(|error| error.to_string())?;
        self.socket.send(&bytes).map_err(|error| error.to_string())?;
        Ok(())
    }

    fn exchange(&mut self, status: Vec<u8>) -> Result<Packet, String> {
        let request = self.request(status);
        for seconds in PATIENCE {
            self.send(&request)?;
            if let Some(answer) = self.receive(&request, Duration::from_secs(seconds))? {
                return Ok(answer);
            }
        }
        Err("no answer".to_string())
    }
}

impl UpdateService for Coap {
    type Error = String;

    async fn request<'m>(&'m mut self, status: &'m Status<'m>) -> Result<Command<'m>, String> {
        let answer = self.exchange(codec::encode(status)?)?;
        if answer.header.code != MessageClass::Response(ResponseType::Content) {
            return Err(format!("the server answered {}", answer.header.get_code()));
        }
        if answer.get_first_option(COMMAND).map(Vec::as_slice) != Some(b"dfu") {
            return Err("the answer names no command".to_string());
        }
        self.command = answer.payload;
        codec::decode(&mut self.command)
    }
}
