// HTTP as bytes on a socket, for what no well-behaved client sends.
import net from 'node:net';
import { once } from 'node:events';

// Opens a connection to a base address such as http://127.0.0.1:8080.
export async function connect(base) {
  const { hostname, port } = new URL(base);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

// Sends bytes and resolves with all that comes until the server hangs up, or `timeoutMs` are over.
export async function exchange(base, bytes, { timeoutMs = 20_000 } = {}) {
  const socket = await connect(base);
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {}); // What came before counts.
  socket.write(bytes);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The server does not hang up within ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    await Promise.race([once(socket, 'close'), late]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
  const text = Buffer.concat(chunks).toString('latin1');
  const [head, ...body] = text.split('\r\n\r\n');
  return { text, status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') };
}

// One request without a body, to the end of its connection.
export function raw(base, line, headers = ['Host: x']) {
  return exchange(base, [line, ...headers, 'Connection: close', '', ''].join('\r\n'));
}
