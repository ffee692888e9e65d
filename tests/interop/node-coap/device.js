// SPDX-License-Identifier: Apache-2.0
// device.js URL USER PASSWORD_FILE IMAGE_FILE: a device on node-coap that takes blocks until it is told to swap.
'use strict';
const coap = require('coap');
const fs = require('fs');
const { URL } = require('url');

const AUTHORIZATION = '4209', COMMAND = '4210';
const VERSION = '1.0.0', MTU = 1024;
const WAIT = 0, WRITE = 2, SWAP = 3;

// A status as named JSON, so that nothing here needs an encoder.
function statusOf(image, writing) {
    const update = writing === null ? null : { version: writing, offset: image.length };
    return JSON.stringify({ version: VERSION, mtu: MTU, correlation_id: null, update });
}

// As much of CBOR as commands have: numbers, byte strings, maps and null.
function decode(data, at = 0) {
    const first = data[at++];
    if (first === 0xf6) return [null, at];
    let number = first & 31;
    if (number >= 24) {
        const length = 1 << (number - 24);
        number = data.readUIntBE(at, length);
        at += length;
    }
    if (first >> 5 === 0) return [number, at];
    if (first >> 5 === 2) return [data.subarray(at, at + number), at + number];
    if (first >> 5 !== 5) throw new Error(`${first} begins nothing that is in a command`);
    const map = new Map();
    for (let i = 0, key, value; i < number; ++i) {
        [key, at] = decode(data, at);
        [value, at] = decode(data, at);
        map.set(key, value);
    }
    return [map, at];
}

function say(url, credential, status) {
    return new Promise((resolve, reject) => {
        const request = coap.request({
            hostname: url.hostname, port: url.port, method: 'POST', pathname: url.pathname,
            query: url.search.slice(1),
        });
        request.setOption('Content-Format', 'application/json');
        request.setOption(AUTHORIZATION, Buffer.from(credential));
        request.on('error', reject);
        request.on('response', (answer) => {
            const name = answer.options.find((option) => String(option.name) === COMMAND);
            if (answer.code !== '2.05' || String(name && name.value) !== 'dfu')
                reject(new Error(`the server answered ${answer.code}`));
            else
                resolve([...decode(answer.payload)[0].entries()][0]);
        });
        request.end(Buffer.from(status));
    });
}

async function update(url, credential) {
    let image = Buffer.alloc(0), writing = null;
    for (;;) {
        const [kind, fields] = await say(url, credential, statusOf(image, writing));
        if (kind === SWAP) return image;
        if (kind === WAIT) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            continue;
        }
        if (kind !== WRITE || fields.get(2) !== image.length)
            throw new Error(`command ${kind} at ${fields.get(2)}, expected a block at ${image.length}`);
        image = Buffer.concat([image, fields.get(3)]);
        writing = fields.get(0).toString();
    }
}

const [url, user, passwordFile, imageFile] = process.argv.slice(2);
const password = fs.readFileSync(passwordFile, 'utf8');
const credential = 'Basic ' + Buffer.from(`${user}:${password}`).toString('base64');
update(new URL(url), credential).then((image) => {
    fs.writeFileSync(imageFile, image);
    process.exit(0);
}, (error) => {
    console.error(error);
    process.exit(1);
});
