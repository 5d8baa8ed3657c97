// HTTP/2 as a hostile peer writes it: frame by frame, without waiting for anything.
import { once } from 'node:events';
import net from 'node:net';

export const type = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, window: 8, continuation: 9 };
export const END_STREAM = 1;
export const END_HEADERS = 4;
const NOT_READ_MS = 2000;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export function frame(kind, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

function number(value, prefix) {
  if (value < prefix) return [value];
  const bytes = [prefix];
  for (value -= prefix; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

const text = (value) => Buffer.concat([Buffer.from(number(value.length, 127)), Buffer.from(value)]);
// A field that is written out; `indexed`: for the table, too.
export const field = (name, value, { indexed = false } = {}) =>
  Buffer.concat([Buffer.from([indexed ? 0x40 : 0]), text(name), text(value)]);

export const callFields = (path, ...more) =>
  Buffer.concat([
    field(':method', 'POST'),
    field(':scheme', 'http'),
    field(':path', path),
    field(':authority', 'x'),
    field('te', 'trailers'),
    field('content-type', 'application/grpc'),
    ...more,
  ]);

// A message of gRPC: not compressed, of a length, with the bytes that come at first.
export function message(length, bytes) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, bytes]);
}

export class Peer {
  // `speaks`: begins as HTTP/2 does.
  static async connect(port, { speaks = true } = {}) {
    const peer = new Peer();
    peer.open = true;
    peer.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    peer.socket.on('error', () => {});
    peer.socket.on('close', () => (peer.open = false));
    peer.socket.resume();
    await Promise.race([once(peer.socket, 'connect'), once(peer.socket, 'close')]).catch(() => {});
    if (speaks) await peer.send(PREFACE, frame(type.settings, 0, 0));
    return peer;
  }

  // Whether the other side was still there to take it, and read it. One that reads no more has hung up as
  // far as an attacker is concerned: the connection is kept, and the next one tried.
  async send(...parts) {
    if (!this.open) return false;
    const taken = this.socket.write(parts.length === 1 ? parts[0] : Buffer.concat(parts));
    if (taken) return this.open;
    const read = await new Promise((resolve) => {
      const unread = setTimeout(() => resolve(false), NOT_READ_MS);
      for (const event of ['drain', 'close']) {
        this.socket.once(event, () => {
          clearTimeout(unread);
          resolve(true);
        });
      }
    });
    return read && this.open;
  }

  close() {
    this.socket.destroy();
  }
}
