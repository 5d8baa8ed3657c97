// Files that take long hold up nobody but who sent them, and a crash loses none.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestNotice, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';

const HELD_MS = 600_000; // Longer than any test.
const AT_ONCE = 8; // Messages with files that the adapter handles at a time.

describe('files that take long', { concurrency: false }, () => {
  let world, marie, specialist, otto;
  const people = [];
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    otto = await joined(world, specialist, t, { first_name: 'Otto' });
    for (let i = 0; i <= AT_ONCE; ++i) {
      const person = await joined(world, specialist, t, { first_name: `Kunde${i}` });
      await startUpload(person);
      people.push(person);
    }
    await world.simulator.settled();
  });
  after(() => world.stop());

  async function startUpload(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('Dokumente');
    await person.see('📁 Dokumente: 👤 Marie');
    await person.tap('Hochladen');
    await person.see('Senden Sie jetzt');
  }
  const accountOf = (person) =>
    world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
  async function documentsOf(person) {
    const { name } = await accountOf(person);
    const parent = `${specialist.name}/links/${name.split('/')[1]}`;
    const { documents } = await world.admin.call('DocumentService', 'ListDocuments', { parent });
    return documents.map(({ file_name: file }) => file);
  }
  const heldDownloads = async () => (await world.simulator.get('state')).faults;
  // What the adapter has put by; the core keeps it in as many sessions as it takes.
  async function putBy() {
    const sessions = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        world.admin.call('SessionService', 'GetSession', { name: `sessions/telegram-backlog:${i}` }),
      ),
    );
    return sessions.filter(({ data }) => data.length > 0).length;
  }

  test('more uploads than run at a time hold up neither texts, nor taps, nor notices', async () => {
    await world.simulator.post('fault', { method: 'getFile', mode: 'delay', delay_ms: HELD_MS, times: AT_ONCE });
    for (const person of people) {
      await person.sendFile('Inhalt', { name: 'Befund.pdf', type: 'application/pdf', caption: 'ж'.repeat(1024) });
    }
    await until('as many run as may', async () => (await heldDownloads()) === 0);
    await requestOne(world, specialist, otto, t);
    await requestNotice(marie, otto, t);
    await until('no notification is due', async () => {
      const { notifications_due: due } = await world.admin.call('AdminService', 'GetServerStats');
      return due === 0;
    });
  });

  test('after kill -9 in the midst of it each document is there once', async () => {
    await people[0].say('Kam das an?');
    await world.simulator.settled();
    assert.ok((await putBy()) > AT_ONCE, 'Telegram has been told that it may forget them');
    for (const person of people) assert.deepEqual(await documentsOf(person), []);
    await world.adapter.kill();
    await world.startAdapter();
    for (const person of people) {
      await person.see('ist hochgeladen', { since: 0 });
      assert.deepEqual(await documentsOf(person), ['Befund.pdf']);
    }
    await until('nothing is put by any more', async () => (await putBy()) === 0);
  });

  test('ten pictures of one person at a time all arrive, and nobody waits for their confirmations', async () => {
    await world.simulator.post('limits', { profile: 'telegram' });
    const [anna] = people;
    for (let i = 0; i < 10; ++i) await anna.sendFile(`Seite ${i}`, { name: `Seite-${i}.txt`, type: 'text/plain' });
    await otto.tap(t.appointments);
    await otto.see(t.listTitle);
    const confirmed = async () => (await world.simulator.outbox(0, 'sendMessage')).filter(
      ({ params, code }) => code === 200 && params.chat_id === anna.id && params.text.includes('Seite-'),
    ).length;
    assert.ok((await confirmed()) < 10, 'the confirmations are still on their way');
    await anna.see('Seite-9.txt', { since: 0 });
    await world.simulator.post('limits', { profile: 'off' });
    assert.equal((await documentsOf(anna)).length, 11);
  });
});
