// SPEC 2.14 where an archive takes long, cannot be sent, or has to wait.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { Files } from './files.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

const EXPORT = 'Meine Daten herunterladen';
const EXPORTS_SHARE = 2; // Of one account, at a time.
const SEND_ATTEMPTS = 3;

describe('the archive of everything stored', { concurrency: false }, () => {
  let world, specialist, anna, account;
  before(async () => {
    ({ world, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: anna.identity });
    await new Files(world, specialist.name, account.name).upload(randomBytes(8 << 20)); // Not to be packed.
  });
  after(() => world.stop());

  async function openPrivacy() {
    await anna.tap(t.settings);
    await anna.see(t.settingsZone);
    await anna.tap('Datenschutz');
    return anna.see('Ein Standort wird nie abgefragt');
  }
  const archives = async () => (await anna.messages()).filter(({ document }) => document?.file_name.endsWith('.zip')).length;

  test('is announced at once, and what else the person does is answered meanwhile', async () => {
    await world.simulator.post('fault', { method: 'sendDocument', mode: 'delay', delay_ms: 3000 });
    await openPrivacy();
    await anna.tap(EXPORT);
    const notice = await anna.see('Ihr Archiv wird zusammengestellt');
    assert.deepEqual(buttons(notice), ['Hauptmenü']);
    await anna.tap(t.appointments);
    await anna.see(t.request);
    assert.equal(await archives(), 0);
    await anna.see('Alles, was hier über Sie gespeichert ist');
    assert.equal(await archives(), 1);
  });

  test('that cannot be sent is said to be so, and can be asked for again', async () => {
    await world.simulator.post('fault', { method: 'sendDocument', code: 502, times: SEND_ATTEMPTS });
    await openPrivacy();
    await anna.tap(EXPORT);
    await anna.see('Ihr Archiv konnte nicht gesendet werden');
    await anna.tap(EXPORT);
    await until('it has come', async () => (await archives()) === 2);
  });

  test('that Telegram refuses for good is said to be so', async () => {
    await world.simulator.post('fault', { method: 'sendDocument', code: 413, description: 'Request Entity Too Large' });
    await openPrivacy();
    await anna.tap(EXPORT);
    await anna.see('Ihr Archiv konnte nicht gesendet werden');
    assert.equal(await archives(), 2);
  });

  test('comes for every tap, one after the other', async () => {
    const { message_id: id, ...screen } = await openPrivacy();
    const data = dataOf(screen, EXPORT);
    await Promise.all([1, 2, 3].map(() => anna.forge(data, id)));
    await until('each tap was answered', async () => (await archives()) === 5);
    const sent = (await world.simulator.outbox(0, 'sendDocument')).filter(({ code }) => code === 200);
    assert.equal(sent.length, 5);
  });

  test('has to wait while as many as one account may have are made', async () => {
    const request = { name: account.name };
    const streams = Array.from({ length: EXPORTS_SHARE }, () =>
      world.admin.stream('PrivacyService', 'ExportAccount', request, { account: account.name }),
    );
    // Nobody reads them, so they do not end.
    const ended = streams.map((stream) => new Promise((resolve) => stream.on('error', resolve)));
    await Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('metadata', resolve))));
    await openPrivacy();
    await anna.tap(EXPORT);
    await anna.see('Gerade werden schon mehrere Archive zusammengestellt');
    for (const stream of streams) stream.cancel();
    await Promise.all(ended);
    await until('there is room again', async () => {
      const before = await archives();
      await openPrivacy();
      await anna.tap(EXPORT);
      await anna.see('Ihr Archiv wird zusammengestellt');
      return until('an answer', async () => (await archives()) > before || (await anna.count('Gerade werden')) > 1);
    });
    assert.equal(await archives(), 6);
  });

  test('survives kill -9 on its way', async () => {
    await world.simulator.post('fault', { method: 'sendDocument', mode: 'delay', delay_ms: 600_000 });
    await openPrivacy();
    await anna.tap(EXPORT);
    await anna.see('Ihr Archiv wird zusammengestellt');
    await until('it is being sent', async () => (await world.simulator.get('state')).faults === 0);
    await world.simulator.settled();
    await world.adapter.kill();
    await world.startAdapter();
    await until('it has come', async () => (await archives()) === 7);
  });
});
