// A TCP line to a program that can fall silent, as one does behind a proxy or a firewall that has
// forgotten it: it stays open, and nothing comes over it any more.
import net from 'node:net';

export class Line {
  #silent = false;
  #ends = new Set(); // Of all connections.
  connections = 0; // Ever made.

  // Starts a line to `address`, as host:port.
  static async to(address) {
    const line = new Line();
    const [host, port] = address.split(':');
    line.server = net.createServer((near) => line.#connect(near, { host, port: Number(port) }));
    await new Promise((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    line.address = `127.0.0.1:${line.server.address().port}`;
    return line;
  }

  // From now on nothing passes, also on connections that are made now.
  silence() {
    this.#silent = true;
    for (const end of this.#ends) end.silent = true;
  }
  // Connections that are made from now on work. Those of before stay as they are.
  restore() {
    this.#silent = false;
  }
  stop() {
    for (const end of this.#ends) end.destroy();
    this.server.close();
  }

  #connect(near, target) {
    ++this.connections;
    const far = net.connect(target);
    for (const [from, to] of [[near, far], [far, near]]) {
      from.silent = this.#silent;
      this.#ends.add(from);
      from.on('data', (bytes) => from.silent || to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        this.#ends.delete(from);
        // Who hangs up on a silent line is not heard at its other end.
        if (!from.silent) to.destroy();
      });
    }
  }
}
