// A gRPC client of the core, made from the .proto files.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import { repository } from './programs.mjs';

const CALL_TIMEOUT_MS = 60_000;
const protoRoot = path.join(repository, 'proto');
const files = readdirSync(path.join(protoRoot, 'kalends/v1')).map((name) => `kalends/v1/${name}`);

const definition = protoLoader.loadSync(files, {
  includeDirs: [protoRoot],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});
export const services = grpc.loadPackageDefinition(definition).kalends.v1;

const errors = new protobuf.Root();
errors.resolvePath = (_, target) =>
  target.startsWith('google/protobuf/') ? target : path.join(protoRoot, target);
errors.loadSync('kalends/v1/errors.proto', { keepCase: true });

const detailTypes = {
  'type.googleapis.com/google.rpc.ErrorInfo': 'ErrorInfo',
  'type.googleapis.com/google.rpc.BadRequest': 'BadRequest',
  'type.googleapis.com/google.rpc.ResourceInfo': 'ResourceInfo',
  'type.googleapis.com/google.rpc.RetryInfo': 'RetryInfo',
  'type.googleapis.com/kalends.v1.SlotAlternatives': 'SlotAlternatives',
  'type.googleapis.com/kalends.v1.MissingConsents': 'MissingConsents',
};

// Adds `reason`, `info`, `fields` and `alternatives` (Unix seconds) to an error of a call.
export function explain(error) {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!bytes) return error;
  const status = errors.lookupType('kalends.v1.RpcStatus').decode(bytes);
  for (const { type_url: url, value } of status.details) {
    if (!detailTypes[url]) throw new Error(`An error carries an unknown detail: ${url}`);
    const detail = errors.lookupType(`kalends.v1.${detailTypes[url]}`).decode(value);
    if (detailTypes[url] === 'ErrorInfo') Object.assign(error, { info: detail, reason: detail.reason });
    if (detailTypes[url] === 'BadRequest') error.fields = detail.field_violations;
    if (detailTypes[url] === 'SlotAlternatives') {
      error.alternatives = detail.start_times.map((time) => Number(time.seconds));
    }
    if (detailTypes[url] === 'MissingConsents') error.missing = detail.documents;
  }
  return error;
}

export const code = grpc.status;
export const newId = () => randomUUID();
export const date = (text) => {
  const [year, month, day] = text.split('-').map(Number);
  return { year, month, day };
};
export const isoDate = ({ year, month, day }) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

export class Core {
  // `key`: sent with every call unless a call says otherwise; null: none.
  constructor(address, key) {
    this.address = address;
    this.key = key;
    this.clients = new Map();
  }

  #client(service) {
    if (!this.clients.has(service)) {
      const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_reconnect_backoff_ms': 200 };
      this.clients.set(
        service,
        new services[service](this.address, grpc.credentials.createInsecure(), options),
      );
    }
    return this.clients.get(service);
  }

  // `accounts`: as `account`, for who names several, or one that is empty.
  #metadata({ account, accounts = account ? [account] : [], key = this.key, waitForReady = false }) {
    const metadata = new grpc.Metadata({ waitForReady });
    if (key) metadata.set('authorization', `Bearer ${key}`);
    for (const one of accounts) metadata.add('kalends-account', one);
    return metadata;
  }

  // Calls e.g. ('BookingService', 'ListSlots', {...}, {account}); the answer, or an explained error.
  // `waitForReady`: waits while the core cannot be reached.
  call(service, method, request = {}, options = {}) {
    const deadline = Date.now() + (options.timeoutMs ?? CALL_TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      this.#client(service)[method](request, this.#metadata(options), { deadline }, (error, answer) =>
        error ? reject(explain(error)) : resolve(answer),
      );
    });
  }

  // The same for a change, with a new request_id unless `request` has one.
  change(service, method, request, options) {
    return this.call(service, method, { request_id: newId(), ...request }, options);
  }

  // Calls a method that takes a stream; `write` gets the stream, and ends it or not.
  upload(service, method, write, options = {}) {
    return new Promise((resolve, reject) => {
      const stream = this.#client(service)[method](this.#metadata(options), (error, answer) =>
        error ? reject(explain(error)) : resolve(answer),
      );
      write(stream);
    });
  }

  // Calls a method that streams; the stream has .cancel().
  stream(service, method, request, options = {}) {
    return this.#client(service)[method](request, this.#metadata(options));
  }

  close() {
    for (const client of this.clients.values()) client.close();
    this.clients.clear();
  }
}

// Every method of the contract: {service, method, fields, rule}, where `fields` are the names of the
// request's and `rule` is the option `callers`: {scopes, account_required, account_refused}.
export function allMethods() {
  return Object.entries(services)
    .filter(([, value]) => typeof value === 'function' && value.service)
    .flatMap(([service, { service: methods }]) =>
      Object.values(methods).map(({ path: at, requestStream, responseStream, requestType, options }) => ({
        service,
        method: at.split('/').pop(),
        requestStream,
        responseStream,
        fields: requestType.type.field.map(({ name }) => name),
        rule: { scopes: [], account_required: false, account_refused: false, ...options['(callers)'] },
      })),
    );
}
