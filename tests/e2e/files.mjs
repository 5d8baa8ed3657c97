// Documents of one link: uploads, links to download them, and the end of these links.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { newId } from './core.mjs';
import { run } from './programs.mjs';

const PIECE = 64 * 1024;

// The names of all files of documents, unfinished ones included, in a directory of the core's.
export const blobsIn = (directory) => readdirSync(directory).filter((name) => name !== 'store-id');

export class Files {
  // Shared by `account`, a customer of `provider`.
  constructor(world, provider, account) {
    this.world = world;
    this.account = account;
    this.parent = `${provider}/links/${account.split('/')[1]}`;
  }

  header({ file_name = 'report.pdf', content_type = 'application/pdf' } = {}) {
    return { header: { parent: this.parent, file_name, content_type, request_id: newId() } };
  }

  // The document made of `bytes`, which are sent as fast as the core takes them.
  upload(bytes, header) {
    const write = async (stream) => {
      // A stream that the core has ended drains no more.
      const ended = once(stream, 'status');
      let open = true;
      ended.then(() => (open = false));
      stream.write(this.header(header));
      for (let at = 0; open && at < bytes.length; at += PIECE) {
        if (!stream.write({ data: bytes.subarray(at, at + PIECE) })) await Promise.race([once(stream, 'drain'), ended]);
      }
      stream.end();
    };
    return this.world.admin.upload('DocumentService', 'UploadDocument', write, { account: this.account });
  }

  list() {
    return this.world.admin.call('DocumentService', 'ListDocuments', { parent: this.parent }, { waitForReady: true });
  }
  delete({ name }) {
    return this.world.admin.change('DocumentService', 'DeleteDocument', { name }, { account: this.account });
  }
  // All bytes of a document, out of the core.
  fetch({ name }) {
    return new Promise((resolve, reject) => {
      const parts = [];
      const stream = this.world.admin.stream('DocumentService', 'FetchDocument', { name });
      stream.on('data', ({ data }) => data && parts.push(data));
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(parts)));
    });
  }

  // {token, expire_time}
  createLink({ name }, account = this.account) {
    return this.world.admin.change('DocumentService', 'CreateDownloadLink', { name }, { account });
  }
  async tokenOf(document) {
    return (await this.createLink(document)).token;
  }
}

// Moves the end of all download links there are `seconds` towards the past: the core's clock is the
// machine's, so the links grow older instead.
export async function age(world, seconds) {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute("UPDATE download_links SET expires_s = expires_s - ?", (sys.argv[2],))
db.commit()
`;
  const done = await run('python3', ['-c', script, path.join(world.dataDir, 'kalends.db'), String(seconds)]);
  assert.equal(done.code, 0, done.stderr);
}
