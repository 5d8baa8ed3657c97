// SPEC 7.7: what the processes say of themselves tells an operator all, and nothing about anybody.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import grpc from '@grpc/grpc-js';
import { services } from './core.mjs';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { binary, repository, run, until } from './programs.mjs';
import { BOT_TOKEN, buttons, linksIn } from './simulator.mjs';

// For every program that is started here.
Object.assign(process.env, {
  KALENDS_METRICS_LISTEN: '127.0.0.1:0',
  KALENDS_TELEGRAM_METRICS_LISTEN: '127.0.0.1:0',
  KALENDS_WEB_METRICS_LISTEN: '127.0.0.1:0',
  KALENDS_LOG_FORMAT: 'json',
  KALENDS_LOG_LEVEL: 'debug',
});

const CUSTOMER = 'Wilhelmina';
const PAPER = 'Geheimbefund.pdf';
const TEXT = 'Xylophonsorgen plagen mich seit Dienstag';
const REPLY = 'Kamillentee hilft gegen Xylophone';
const NOTE = 'Notiz über Rückenschmerzen';
const WRONG_KEY = 'kalends-wrong-key-that-somebody-guessed-0123456789';
const WRONG_CODE = 'falscheEinladung99';
const HOSTILE_ID = 'Wilhelmina-Hausnummer-12';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('metrics and logs', { concurrency: false }, () => {
  let world, marie, specialist, customer, download;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    customer = await joined(world, specialist, t, { first_name: CUSTOMER });
  });
  after(() => world.stop());

  const programs = () => [world.kalendsd, world.adapter, world.website];
  // Beside them only gRPC may say something, such as that a peer has gone: "E1130 21:00:00.0 7 file.cc:1] ...".
  const linesOf = (program) =>
    program.log().trimEnd().split('\n').filter((line) => !/^[EWID]\d{4} /.test(line)).map((line) => JSON.parse(line));
  const metricsOf = async (program) => {
    const line = linesOf(program).find(({ message }) => message.startsWith('metrics at '));
    assert.ok(line, `${program.name} says where its metrics are`);
    const answer = await fetch(line.message.slice('metrics at '.length));
    assert.equal(answer.status, 200);
    return answer.text();
  };
  // The sum of those whose labels have `labels`.
  const valueOf = (text, name, labels = '') =>
    text
      .split('\n')
      .filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(labels))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

  // Calls the core with this x-request-id; what it hands back, and the error.
  function called(requestId, { key = world.adminKey, name = specialist.account } = {}) {
    const client = new services.AccountService(world.address, grpc.credentials.createInsecure());
    const metadata = new grpc.Metadata();
    metadata.set('authorization', `Bearer ${key}`);
    if (requestId) metadata.set('x-request-id', requestId);
    return new Promise((resolve) => {
      let error = null;
      client
        .GetAccount({ name }, metadata, (failure) => (error = failure))
        .on('status', (status) => {
          client.close();
          resolve({ error, ids: status.metadata.get('x-request-id') });
        });
    });
  }

  test('a day of a practice passes: booking, chat, files, pages, and what goes wrong', async () => {
    await customer.tap('Spezialistenliste');
    await customer.tap('👤 Marie');
    await customer.see('Von meiner Liste entfernen');
    await customer.tap('Dokumente');
    await customer.see('📁 Dokumente: 👤 Marie');
    await customer.tap('Hochladen');
    await customer.see('Senden Sie jetzt die Datei oder das Foto');
    await customer.sendFile('Der Inhalt des Befundes', { name: PAPER, type: 'application/pdf' });
    await customer.see(`✅ ${PAPER} ist hochgeladen`);
    await customer.tap('Chat');
    await customer.see('Sie schreiben jetzt mit');
    await customer.say(TEXT);
    await marie.see(TEXT);
    await marie.tap('↩️ Antworten');
    await marie.see(`Sie schreiben jetzt mit ${CUSTOMER}`);
    await marie.say(REPLY);
    await customer.see(REPLY);
    await marie.tap('Dokumente');
    const theirs = await marie.see(`📁 Dokumente: ${CUSTOMER}`);
    const file = buttons(theirs).find((label) => label.endsWith(PAPER));
    await marie.tap(file);
    await marie.see(file.replace('☐', '☑️'));
    await marie.tap('Download');
    const [link] = linksIn(await marie.see('Die Links gelten 5 Minuten'));
    download = new URL(link.url).pathname.split('/').at(-1);
    assert.equal((await fetch(link.url)).status, 200);
    assert.equal((await fetch(`${world.web}/d/${download.slice(1)}x`)).status, 404);

    const service = specialist.services[0].name;
    const [start] = await world.slots(specialist.name, { service, account: customer.identity });
    const appointment = { service, start_time: { seconds: start }, note: NOTE };
    const request = { parent: specialist.name, appointment };
    await world.admin.change('BookingService', 'RequestAppointment', request, { account: customer.identity });
    await marie.see(NOTE);
    const failed = await world.request(specialist.name, customer.identity, start + 1, { service }).catch((error) => error);
    assert.ok(failed.reason, 'a start beside the grid is refused');
    const code = { code: WRONG_CODE };
    await assert.rejects(world.admin.change('InvitationService', 'RedeemInvitation', code, { account: customer.identity }));

    const profile = await world.publish({ name: specialist.name, account: specialist.account }, { about: TEXT });
    assert.equal((await fetch(`${world.web}/p/${profile.slug}`)).status, 200);
    assert.equal((await fetch(`${world.web}/p/${CUSTOMER.toLowerCase()}`)).status, 404);
    await world.simulator.settled();
  });

  test('an id is taken where it may stand in a log, made where not, and handed back', async () => {
    assert.deepEqual((await called(TRACE)).ids, [TRACE]);
    for (const given of [undefined, HOSTILE_ID, 'abc', 'a'.repeat(65)]) {
      const { ids } = await called(given);
      assert.equal(ids.length, 1);
      assert.match(ids[0], /^[0-9a-f-]{16,64}$/);
      assert.notEqual(ids[0], given);
    }
    const refused = await called(TRACE, { key: WRONG_KEY });
    assert.equal(refused.error.code, grpc.status.UNAUTHENTICATED);
    assert.deepEqual(refused.ids, [TRACE]);
  });

  test('one id leads from an update through the core to the notification, and on to its delivery', async () => {
    const written = linesOf(world.kalendsd).find(
      ({ method, code, request_id: id }) => method === 'ChatService.SendMessage' && code === 'OK' && id,
    );
    assert.ok(written, 'the core has a line of the message');
    const of = (program) => linesOf(program).filter(({ request_id: id }) => id === written.request_id);
    assert.ok(of(world.adapter).some(({ message }) => /^update \d+ took/.test(message)), 'the adapter has the update');
    const notified = of(world.kalendsd).map(({ message }) => /^wrote (notifications\/\S+)$/.exec(message)?.[1]).find(Boolean);
    assert.ok(notified, 'the core says which notification it wrote');
    await until('its delivery has a line', () =>
      linesOf(world.adapter).some(({ message, request_id: id }) => message === `delivers ${notified}` && id),
    );
  });

  test('every line is an object, and the line of a call has all its parts', () => {
    for (const program of programs()) {
      for (const line of linesOf(program)) {
        assert.match(line.ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
        assert.ok(['debug', 'info', 'warning', 'error'].includes(line.level), line.level);
        assert.equal(line.where, program.name);
        assert.equal(typeof line.message, 'string');
      }
    }
    const call = linesOf(world.kalendsd).find(({ request_id: id, code }) => id === TRACE && code === 'OK');
    assert.equal(call.method, 'AccountService.GetAccount');
    assert.match(call.key, /^apiKeys\//);
    assert.ok(call.duration_us >= 0);
    const page = linesOf(world.website).find(({ method, code }) => method?.startsWith('GET ') && code === '200');
    assert.ok(page.request_id);
    assert.ok(
      linesOf(world.kalendsd).some(({ request_id: id }) => id === page.request_id),
      'the core knows the page by the same id',
    );
  });

  test('metrics count what happened', async () => {
    const [core, telegram, web] = await Promise.all(programs().map(metricsOf));
    assert.ok(valueOf(core, 'kalends_core_calls_total', 'method="ChatService.SendMessage",code="OK"') >= 2);
    assert.ok(valueOf(core, 'kalends_core_call_seconds_count', 'method="ChatService.SendMessage"') >= 2);
    assert.ok(valueOf(core, 'kalends_core_refusals_total', 'reason="UNKNOWN_KEY"') >= 1);
    assert.equal(valueOf(core, 'kalends_core_refusals_total', 'reason="INTERNAL"'), 0);
    assert.ok(valueOf(core, 'kalends_storage_commit_seconds_count') > 0);
    assert.equal(valueOf(core, 'kalends_outbox_subscribers'), 1);
    assert.equal(valueOf(core, 'kalends_outbox_set_aside_total'), 0);
    assert.ok(valueOf(core, 'kalends_storage_database_bytes') > 0);
    assert.ok(valueOf(core, 'kalends_core_uploaded_bytes_total') >= 'Der Inhalt des Befundes'.length);
    assert.ok(valueOf(telegram, 'kalends_telegram_updates_total', 'result="handled"') > 5);
    assert.ok(valueOf(telegram, 'kalends_telegram_api_calls_total', 'method="sendMessage",outcome="ok"') > 0);
    assert.ok(valueOf(telegram, 'kalends_adapter_core_calls_total', 'code="OK"') > 0);
    assert.equal(valueOf(telegram, 'kalends_adapter_core_away_seconds'), 0);
    assert.ok(valueOf(web, 'kalends_web_requests_total', 'status="200"') >= 2);
    for (const text of [core, telegram, web]) assert.ok(valueOf(text, 'process_resident_memory_bytes') > 1e6);
  });

  test('every metric that is shown is explained', async () => {
    const manual = readFileSync(path.join(repository, 'core/OPERATING.md'), 'utf8');
    const explained = new Set([...manual.matchAll(/^\| `((?:kalends|process)_\w+)`/gm)].map(([, name]) => name));
    for (const text of await Promise.all(programs().map(metricsOf))) {
      const shown = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
      assert.ok(shown.length > 10);
      // What prometheus-cpp's exposer says of itself, is its own.
      const ours = shown.filter((name) => !name.startsWith('exposer_'));
      assert.deepEqual(ours.filter((name) => !explained.has(name)), []);
    }
  });

  test('no name, text or token stands in a log or among the metrics', async () => {
    const secrets = [
      CUSTOMER, 'Marie', PAPER, 'Geheimbefund', 'Befund', 'Xylophon', 'Kamillentee', 'Rückenschmerzen',
      'Beratung', 'Erstgespräch', 'Консультация', 'Hauptstraße', 'Hinterhaus', HOSTILE_ID, 'Hausnummer',
      WRONG_KEY, WRONG_CODE, BOT_TOKEN, BOT_TOKEN.split(':')[1], specialist.code, download,
      world.adminKey,
      readFileSync(world.adapterKeyFile, 'utf8').trim(),
      readFileSync(world.webKeyFile, 'utf8').trim(),
      customer.identity, marie.identity,
    ];
    for (const program of programs()) {
      for (const [what, text] of [['log', program.log()], ['metrics', await metricsOf(program)]]) {
        const found = (word) => text.toLowerCase().includes(word.toLowerCase());
        assert.deepEqual(secrets.filter(found), [], `${what} of ${program.name}`);
        assert.ok(found(what === 'log' ? '"where"' : 'kalends_build_info'), 'what is searched is there');
      }
    }
  });

  test('an address that others can reach is refused unless it is meant', async () => {
    const data = path.join(world.folder, 'other');
    const refused = await run(binary('kalendsd'), ['--data-dir', data, '--listen', '127.0.0.1:0', '--metrics-listen', '0.0.0.0:0']);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /--metrics-listen 0\.0\.0\.0:0 can be reached from other machines.*--metrics-public/);
  });
});
