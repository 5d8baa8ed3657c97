// SPEC 2.1: an invitation is one in whatever form it comes, at any point.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chooseZone } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';

const BOT = 'kalends_demo_bot';

describe('invitations in every form', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => {
    world = await World.all();
    marie = await world.simulator.person({ id: 1001, first_name: 'Marie', language_code: 'de' });
    specialist = await world.specialist({ identity: marie.identity });
  });
  after(() => world.stop());

  const person = (name) => world.simulator.person({ first_name: name, language_code: 'de' });
  async function providersOf(somebody) {
    const as = { account: somebody.identity };
    const { providers } = await world.admin.call('ProviderService', 'ListProviders', { parent: 'accounts/me' }, as);
    return providers.map(({ display_name: name }) => name);
  }

  test('whoever is new joins by the code, by each link and by the command, however it is written', async () => {
    const { code } = specialist;
    const forms = [
      code,
      `https://t.me/${BOT}?start=${code}`,
      `http://telegram.me/${BOT.toUpperCase()}?utm=x&start=${code}`,
      `t.me/${BOT}?start=${code}`,
      `tg://resolve?domain=${BOT}&start=${code}`,
      `/Start ${code}`,
      `Hallo! Hier: https://t.me/${BOT}?start=${code}. Bis bald`,
    ];
    for (const [i, form] of forms.entries()) {
      const newcomer = await person(`Neu${i}`);
      await newcomer.say(form);
      await newcomer.see(t.askZone);
      assert.deepEqual(await providersOf(newcomer), ['Marie'], form);
    }
  });

  test('a link is one in the midst of the set-up, where a city is asked for', async () => {
    const sara = await person('Sara');
    await sara.start();
    await sara.tap('Registrierungsoptionen');
    await sara.tap('👤 Spezialist');
    await sara.say('Dr. Sara Blum');
    await sara.tap('Ja, registrieren');
    await sara.see(t.askZone);
    await sara.say(`https://t.me/${BOT}?start=${specialist.code}`);
    await sara.see('Marie');
    assert.deepEqual(await providersOf(sara), ['Marie']);
  });

  test('a link with a service leads to its times, after the zone where that is not known', async () => {
    const { code, services } = specialist;
    const payload = `${code}-${services[0].name.split('/').at(-1)}`;
    const nina = await person('Nina');
    await nina.start(payload);
    await chooseZone(nina, t, 'Europe/Berlin');
    await nina.see('An welchem Tag?', { since: 0 });
    assert.deepEqual(await providersOf(nina), ['Marie']);
    await nina.start();
    await nina.say(`https://t.me/${BOT}?start=${payload}`);
    const month = await nina.see('An welchem Tag?');
    // What is booked, for how long and for how much.
    assert.match(month.plain, /👤 Marie · Beratung · 60 Min\. · ./);
    await nina.start(`${code}-0000000000000`);
    await nina.see('Welche Leistung wünschen Sie?');
  });

  test('a word that looks like a code answers what was asked, and alone is an unknown invitation', async () => {
    const word = 'LymphDrainageTherapien';
    const rosa = await person('Rosa');
    await rosa.start();
    await rosa.say(word);
    await rosa.see(t.invitation.unknown);
    await rosa.tap('Registrierungsoptionen');
    await rosa.tap('👤 Spezialist');
    await rosa.see('Unter welchem Namen');
    await rosa.say(word);
    await rosa.see(`Als Spezialist „${word}“ registrieren?`);
  });

  test('in a chat, what has words around it is said, and an own invitation too', async () => {
    const anna = await person('Anna');
    await anna.start(specialist.code);
    await anna.see(t.askZone);
    await anna.start();
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.see('Von meiner Liste entfernen');
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt mit 👤 Marie');
    await anna.arrived(await anna.say(`Ist das Ihr Link? https://t.me/${BOT}?start=${specialist.code}`));
    await anna.say(`https://t.me/${BOT}?start=${specialist.code}`);
    await anna.see(t.alreadyLinked);

    await marie.start();
    await marie.key('Chats');
    await marie.tap('🔵 Anna (1)');
    await marie.see('Sie schreiben jetzt mit Anna');
    await marie.say(`t.me/${BOT}?start=${specialist.code}`);
    await anna.see(`t.me/${BOT}?start=${specialist.code}`, { since: 0 });
  });
});
