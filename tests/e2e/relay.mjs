// Stands between a program and the core, and loses the calls that a test wants lost.
import grpc from '@grpc/grpc-js';
import { services } from './core.mjs';

const asIs = (bytes) => bytes;

export class Relay {
  lost = new Set(); // Names of unary methods whose calls end as if the core were not there.

  // Starts a relay to the core at `address`.
  static async to(address) {
    const relay = new Relay();
    relay.client = new grpc.Client(address, grpc.credentials.createInsecure());
    relay.server = new grpc.Server();
    for (const service of Object.values(services)) {
      if (!service.service) continue;
      const methods = Object.entries(service.service).map(([name, method]) => [name, raw(method)]);
      const handlers = methods.map(([name, method]) => [name, relay.#handler(name, method)]);
      relay.server.addService(Object.fromEntries(methods), Object.fromEntries(handlers));
    }
    const bind = (resolve, reject) =>
      relay.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    relay.address = `127.0.0.1:${await new Promise(bind)}`;
    return relay;
  }

  stop() {
    this.server.forceShutdown();
    this.client.close();
  }

  #handler(name, { path, requestStream, responseStream }) {
    if (requestStream) return undefined; // No test needs them.
    if (responseStream) {
      return (call) => {
        const stream = this.client.makeServerStreamRequest(path, asIs, asIs, call.request, caller(call));
        stream.on('error', (error) => call.destroy(error));
        call.on('cancelled', () => stream.cancel());
        stream.pipe(call);
      };
    }
    return (call, answer) => {
      if (this.lost.has(name)) {
        answer({ code: grpc.status.UNAVAILABLE, details: 'lost' });
      } else {
        this.client.makeUnaryRequest(path, asIs, asIs, call.request, caller(call), answer);
      }
    };
  }
}

// Who calls; what else is in the metadata belongs to the connection.
function caller({ metadata }) {
  const passed = new grpc.Metadata();
  for (const key of ['authorization', 'kalends-account']) {
    for (const value of metadata.get(key)) passed.set(key, value);
  }
  return passed;
}

// A method whose messages pass as bytes.
function raw(method) {
  return { ...method, requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs };
}
