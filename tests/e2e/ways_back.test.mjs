// What follows a refusal, a stray text, or a core that cannot be reached: the way goes on where it was.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isTime, joined, requestOne, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { Relay } from './relay.mjs';
import { buttons, dataOf } from './simulator.mjs';

describe('ways back in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  const providerId = () => specialist.name.split('/')[1];
  async function linkOf(person) {
    const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
    return `${specialist.name}/links/${account.name.split('/')[1]}`;
  }

  test('a stray text is answered beside the free times, which can still be tapped', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await walkToSummary(anna, t);
    await anna.tap('◀ Zurück');
    const times = await anna.see(':00');
    await anna.say('Geht es auch abends?');
    await anna.see('Das habe ich nicht als Tag verstanden');
    const still = (await anna.messages()).find(({ message_id: id }) => id === times.message_id);
    assert.deepEqual(buttons(still), buttons(times));
    await anna.tap(buttons(times).find(isTime));
    await anna.see(t.confirm);
  });

  test('a day and a time can be typed where days are shown', async () => {
    const tara = await joined(world, specialist, t, { first_name: 'Tara' });
    await walkToSummary(tara, t);
    await tara.tap('◀ Zurück');
    await tara.see(':00');
    await tara.tap('◀ Zurück');
    await tara.see('An welchem Tag?');
    await tara.say('übermorgen um 3 Uhr');
    const times = await tara.see('Um 03:00 ist an diesem Tag leider nichts frei');
    await tara.say('um 17 Uhr');
    const summary = await tara.see(t.confirm);
    assert.match(summary.plain, /17:00–17:50/);
    assert.ok(buttons(times).some(isTime), buttons(times));
  });

  test('a refused request leads back to where booking with this provider starts', async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await walkToSummary(ben, t);
    await world.admin.change('LinkService', 'BlockLink', { name: await linkOf(ben) }, { account: specialist.account });
    await ben.tap(t.confirm);
    const refusal = await ben.see('Diese Verbindung ist gesperrt');
    assert.equal(dataOf(refusal, '◀ Zurück'), `1:rs:${providerId()}:0`);
  });

  test('a typed time of what is offered no more leads back to what is', async () => {
    const service = { display_name: 'Schnupperstunde', duration: { seconds: 1800 } };
    const as = { account: specialist.account };
    const { name } = await world.admin.change('CatalogService', 'CreateService', { parent: specialist.name, service }, as);
    const rita = await joined(world, specialist, t, { first_name: 'Rita' });
    await walkToSummary(rita, t, { service: 'Schnupperstunde' });
    await rita.tap('◀ Zurück');
    await rita.see(':00');
    await world.admin.change('CatalogService', 'ArchiveService', { name }, as);
    await rita.say('übermorgen um 10 Uhr');
    const refusal = await rita.see('wird nicht mehr angeboten');
    assert.equal(dataOf(refusal, '◀ Zurück'), `1:rs:${providerId()}:0`);
  });

  test('what is refused about a provider leads back to the provider', async () => {
    const cleo = await joined(world, specialist, t, { first_name: 'Cleo' });
    await requestOne(world, specialist, cleo, t);
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.tap('Von meiner Liste entfernen');
    await cleo.see('von Ihrer Liste entfernen?');
    await cleo.tap('Von meiner Liste entfernen');
    await cleo.see('Es gibt noch offene Termine');
    await cleo.tap('◀ Zurück');
    const provider = await cleo.see('Von meiner Liste entfernen');
    assert.ok(buttons(provider).includes('Dokumente'));
  });

  test('what is refused about a customer leads the provider back to the customers', async () => {
    await marie.forge(`1:fb:${providerId()}:0000000000000:0:0:0`);
    await marie.see('Nicht mehr verfügbar.');
    await marie.tap('◀ Zurück');
    await marie.see('👥 Kunden');
  });

  test('a screen that is refused itself does not lead back to itself', async () => {
    const dora = await joined(world, specialist, t, { first_name: 'Dora' });
    await dora.forge('1:ac:0000000000000');
    const refusal = await dora.see('Nicht mehr verfügbar.');
    assert.deepEqual(buttons(refusal), ['Hauptmenü']);
  });
});

describe('a core that is lost in the middle of an update', { concurrency: false }, () => {
  let world, relay, emil;
  before(async () => {
    ({ world } = await worldWithMarie('de'));
    relay = await Relay.to(world.address);
    await world.adapter.stop();
    await world.startAdapter({ core: relay.address });
    emil = await world.simulator.person({ first_name: 'Emil', language_code: 'de' });
    await emil.start();
  });
  after(async () => {
    await world.stop();
    relay.stop();
  });

  test('leaves the question open, so that trying again works', async () => {
    await emil.tap(t.settings);
    await emil.tap(t.settingsZone);
    const question = await emil.see(t.askZone);
    relay.lost.add('SearchTimeZones');
    await emil.say('wien');
    await emil.see('Der Dienst ist gerade nicht erreichbar');
    relay.lost.clear();
    assert.ok((await emil.messages()).some(({ message_id: id }) => id === question.message_id));
    await emil.say('wien');
    await emil.see('Wien, Österreich');
  });
});
