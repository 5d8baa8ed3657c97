// Stands between the adapter and the Bot API, sees what goes to which chat, and can cut the line or
// change what comes over it. Or the other way round, between the Bot API and the adapter's webhook.
import http from 'node:http';
import { performance } from 'node:perf_hooks';

export class Gate {
  #refuses = () => false;
  #refused = [];
  #open = new Set(); // Requests under way: {method, response}.
  passed = []; // What went on to the Bot API: {method, chat, at}, in milliseconds of some clock.
  // What becomes of the bytes of a request and of an answer; both as text of one byte a character.
  alterRequest = (text) => text;
  alterAnswer = (text) => text;

  // Starts a gate to the Bot API at `url`.
  static async to(url) {
    const gate = new Gate();
    const target = new URL(url);
    gate.server = http.createServer((request, response) => gate.#pass(target, request, response));
    await new Promise((resolve) => gate.server.listen(0, '127.0.0.1', resolve));
    gate.url = `http://127.0.0.1:${gate.server.address().port}`;
    return gate;
  }

  // From now on, and for calls under way, the connections of these methods break; by default of all.
  close(refuses = () => true) {
    this.#refuses = refuses;
    for (const { method, response } of this.#open) if (refuses(method)) response.destroy();
  }
  open() {
    this.#refuses = () => false;
  }
  stop() {
    this.close();
    this.server.close();
    this.server.closeAllConnections?.();
  }

  // How many calls of `method` were refused whose parameters, as they were sent, contain `text`.
  refused(method, text = '') {
    return this.#refused.filter((call) => call.method === method && call.body.includes(text)).length;
  }

  async #pass(target, request, response) {
    const method = request.url.split('/').at(-1);
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    if (this.#refuses(method)) {
      this.#refused.push({ method, body: body.toString() });
      response.destroy();
      return;
    }
    this.passed.push({ method, chat: chatOf(request, body), at: performance.now() });
    const call = { method, response };
    this.#open.add(call);
    response.on('close', () => this.#open.delete(call));
    const { hostname, port } = target;
    const sent = altered(body, this.alterRequest);
    const headers = { ...request.headers, host: target.host };
    if (body.length > 0) headers['content-length'] = sent.length;
    const options = { hostname, port, path: request.url, method: request.method, headers };
    const onward = http.request(options, async (answer) => {
      const pieces = [];
      try {
        for await (const piece of answer) pieces.push(piece);
      } catch {
        response.destroy();
        return;
      }
      const bytes = altered(Buffer.concat(pieces), this.alterAnswer);
      const { 'transfer-encoding': _, ...rest } = answer.headers;
      response.writeHead(answer.statusCode, { ...rest, 'content-length': bytes.length });
      response.end(bytes);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    onward.end(sent);
  }
}

function altered(bytes, alter) {
  return Buffer.from(alter(bytes.toString('latin1')), 'latin1');
}

// The chat that a call is for; undefined: it names none, or is nothing that can be read.
function chatOf(request, body) {
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(body).chat_id;
  } catch {
    return undefined;
  }
}
