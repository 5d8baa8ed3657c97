// Certificates for the tests of TLS, made by openssl.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './programs.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

async function openssl(...args) {
  const ended = await run('openssl', args);
  assert.equal(ended.code, 0, ended.stderr);
}

// "20261130120000Z", `days` from now.
const at = (days) => `${new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\.\d+/g, '')}`;

// A CA of its own, in a folder of its own.
export class Authority {
  static async in(folder, name) {
    const ca = new Authority();
    ca.folder = path.join(folder, name);
    mkdirSync(ca.folder);
    ca.file = path.join(ca.folder, 'ca.crt');
    ca.key = path.join(ca.folder, 'ca.key');
    writeFileSync(path.join(ca.folder, 'index'), '');
    await openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', `/CN=${name}`],
      ...['-keyout', ca.key, '-out', ca.file],
    );
    return ca;
  }

  // A certificate that holds `from` to `to`, in days from now: {cert, key}, paths of files.
  async issue(name, { from = -1, to = 8, names = 'DNS:localhost,IP:127.0.0.1' } = {}) {
    const file = (end) => path.join(this.folder, `${name}.${end}`);
    writeFileSync(
      file('conf'),
      `[ca]\ndefault_ca=it\n[it]\ndatabase=${this.folder}/index\nnew_certs_dir=${this.folder}\n` +
        'default_md=sha256\npolicy=any\nrand_serial=yes\nunique_subject=no\n' +
        `[any]\ncommonName=supplied\n[extensions]\nsubjectAltName=${names}\n`,
    );
    const request = ['-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`];
    await openssl('req', ...request, '-keyout', file('key'), '-out', file('csr'));
    await openssl(
      ...['ca', '-batch', '-config', file('conf'), '-extensions', 'extensions', '-notext'],
      ...['-cert', this.file, '-keyfile', this.key, '-startdate', at(from), '-enddate', at(to)],
      ...['-in', file('csr'), '-out', file('crt')],
    );
    return { cert: file('crt'), key: file('key') };
  }
}
