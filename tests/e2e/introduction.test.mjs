// SPEC 2.1 and 9: what a bot says of itself before anybody has started it, and where its menu begins.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { BOT_TOKEN, buttons, linksIn } from './simulator.mjs';

const LANGUAGES = ['de', 'en', 'fr', 'ru', 'uk', 'es'];

describe('a bot introduces itself', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de', { web: true })));
  after(() => world.stop());

  async function bot(method, params = {}) {
    const answer = await fetch(`${world.simulator.url}/bot${BOT_TOKEN}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return (await answer.json()).result;
  }
  const setters = async (since) =>
    (await world.simulator.outbox()).slice(since).map(({ method }) => method).filter((method) => method.startsWith('setMy'));

  test('it has descriptions and commands in every language, and a picture', async () => {
    await world.simulator.settled();
    const texts = new Set();
    for (const language_code of LANGUAGES) {
      const { description } = await bot('getMyDescription', { language_code });
      const { short_description: short } = await bot('getMyShortDescription', { language_code });
      assert.ok(description.length > 100 && short.length > 20, language_code);
      texts.add(description).add(short);
      const scope = { type: 'all_private_chats' };
      const commands = await bot('getMyCommands', language_code === 'en' ? { scope } : { scope, language_code });
      assert.ok(commands.some(({ command }) => command === 'start'), language_code);
    }
    assert.equal(texts.size, 2 * LANGUAGES.length);
    const photos = await bot('getUserProfilePhotos', { user_id: 1000000001 });
    assert.equal(photos.total_count, 1);
  });

  test('it says nothing anew when it starts again, and never over what somebody else wrote', async () => {
    const before = (await world.simulator.outbox()).length;
    await world.adapter.stop();
    await world.startAdapter({ args: ['--public-url', world.web] });
    await world.simulator.settled();
    assert.deepEqual(await setters(before), []);
    // The operator has put other words there; with another group everything is looked at anew.
    await bot('setMyDescription', { description: 'Praxis Weber', language_code: 'de' });
    const agent = await world.simulator.person({ first_name: 'Sam', language_code: 'de' });
    const group = await world.simulator.post('group', { title: 'Support', members: [agent.id] });
    await world.adapter.stop();
    await world.startAdapter({ args: ['--public-url', world.web, '--support-chat', `${group.id}`, '--support-language', 'de'] });
    await world.simulator.settled();
    assert.equal((await bot('getMyDescription', { language_code: 'de' })).description, 'Praxis Weber');
    const commands = await bot('getMyCommands', { scope: { type: 'chat', chat_id: group.id } });
    assert.deepEqual(commands.map(({ command }) => command), ['close']);
  });

  test('About leads to a page that is there, in the reader’s language', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await anna.tap('Über den Service');
    const [link] = linksIn(await anna.see('Kalends ist ein Terminplaner'));
    const page = await fetch(link.url, { headers: { 'Accept-Language': 'fr' } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /vos rendez-vous dans Telegram/);
  });

  test('the main menu shows the next appointment, and leads to it', async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await ben.tap('Über den Service');
    await ben.tap('Hauptmenü');
    const none = await ben.see('Zurzeit steht kein Termin an');
    assert.deepEqual(buttons(none), ['Termin anfordern']);
    await requestOne(world, specialist, ben, t);
    await ben.start();
    await ben.see('Als Nächstes:');
    await ben.tap('Über den Service');
    await ben.tap('Hauptmenü');
    const next = await ben.see('Als Nächstes:');
    assert.match(next.plain, /Marie/);
    await ben.tap('Termin öffnen');
    await ben.see(t.meetingInfo);
  });

  test('what comes next is not left standing where it comes to nothing', async () => {
    const dora = await joined(world, specialist, t, { first_name: 'Dora' });
    const appointment = await requestOne(world, specialist, dora, t);
    await dora.start();
    const card = await dora.see('Als Nächstes:');
    await dora.tap('Über den Service');
    await dora.tap('Hauptmenü');
    const home = await dora.see('Als Nächstes:');
    assert.notEqual(home.message_id, card.message_id);
    await world.admin.change('BookingService', 'RejectAppointment', { name: appointment.name }, { account: specialist.account });
    await until('both are drawn anew', async () => {
      const now = (await dora.messages()).filter(({ message_id: id }) => [card.message_id, home.message_id].includes(id));
      return now.length === 2 && now.every(({ plain }) => plain.includes(t.status.rejected) && !plain.includes('Als Nächstes'));
    });
  });

  test('what people try in bots is understood, by customers and by providers', async () => {
    const cem = await joined(world, specialist, t, { first_name: 'Cem' });
    await cem.say('/help');
    const help = await cem.see('So geht es');
    assert.match(help.plain, /Termin anfordern: Anbieter/);
    assert.deepEqual(buttons(help), ['Hauptmenü', 'Support']);
    await cem.tap(t.settings);
    await cem.tap(t.settingsZone);
    await cem.see(t.askZone);
    await cem.say('/cancel');
    await cem.see('ich warte auf keine Eingabe mehr');
    await cem.say('Graz');
    await cem.see('nicht verstanden');
    await cem.say('/stop');
    assert.deepEqual(buttons(await cem.see('blockieren Sie mich')), ['Datenschutz', 'Hauptmenü']);
    await cem.say('/menu');
    await cem.see('Guten Tag');
    await cem.start('quatsch-123');
    await cem.see(t.invitation.unknown);
    await marie.say('/help');
    const own = await marie.see('So geht es');
    assert.match(own.plain, /Anfragen: annehmen/);
  });
});
