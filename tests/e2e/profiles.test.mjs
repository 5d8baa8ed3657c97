// SPEC 2.7 and 3.6: a provider's public page, from the bot; and invitations to a staff (3.11).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, pickZone, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, linksIn } from './simulator.mjs';

describe('profiles in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  async function openMarie() {
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    return anna.see('Von meiner Liste entfernen');
  }
  const statusOf = async (url) => (await fetch(url)).status;

  test('a customer is told where there is no profile yet', async () => {
    const screen = await openMarie();
    assert.match(screen.plain, /Noch ohne öffentliches Profil/);
    assert.ok(!buttons(screen).includes('Profil'));
  });

  test('a specialist writes about themselves, publishes the page and takes it back', async () => {
    await marie.practice('Profil');
    const hidden = await marie.see('Ihr Profil ist nicht öffentlich');
    assert.match(hidden.plain, /kann jeder Ihren Namen/);
    assert.ok(buttons(hidden).includes('Buchbar: an ✅'), 'as it will be');
    await marie.tap('👁 Vorschau');
    const preview = await marie.see('Der Link gilt bis');
    const { url } = preview.reply_markup.inline_keyboard.flat().find((button) => button.text === 'Seite ansehen');
    const seen = await fetch(url);
    assert.equal(seen.status, 200);
    assert.equal(seen.headers.get('cache-control'), 'no-store');
    assert.match(seen.headers.get('x-robots-tag'), /noindex/);
    assert.match(await seen.text(), /Marie/);
    assert.equal((await fetch(url.split('?')[0])).status, 404, 'nobody else sees it');
    await marie.tap('Link beenden');
    await marie.see('Der Vorschau-Link gilt nicht mehr');
    assert.equal((await fetch(url)).status, 404);
    await marie.tap('Text schreiben');
    await marie.see('Was soll auf Ihrer Seite über Sie stehen?');
    await marie.say('Seit 1998 <Physiotherapie> & Massage.');
    await marie.see('Ihr Text ist gespeichert');
    await marie.tap('Veröffentlichen');
    const shown = await marie.see('Ihr Profil ist öffentlich');
    const [page] = linksIn(shown);
    assert.equal(page.url, `${world.web}/p/marie`);
    assert.ok(shown.plain.includes(page.url));
    const html = await (await fetch(page.url)).text();
    assert.match(html, /Seit 1998 &lt;Physiotherapie&gt; &amp; Massage\./);
    assert.match(html, /Beratung/);
    assert.match(html, /t\.me\/[a-z_]+\?start=/);
    await marie.tap('Buchbar: an ✅');
    await marie.see('Buchbar: aus');
    assert.doesNotMatch(await (await fetch(page.url)).text(), /\?start=/);
    const [link] = linksIn(await openMarie());
    assert.deepEqual([link.text, link.url], ['Profil', page.url]);

    await marie.tap('Text ändern');
    await marie.see('Was soll auf Ihrer Seite');
    await marie.tap('Text entfernen');
    await marie.see('Ihr Text ist entfernt');
    await marie.tap('Mehr …');
    await marie.see('Ihre Seite');
    await marie.tap('Nicht mehr veröffentlichen');
    await marie.see('Ihr Profil ist nicht öffentlich');
    assert.equal(await statusOf(page.url), 404);
    assert.match((await openMarie()).plain, /Noch ohne öffentliches Profil/);
  });

  test('the set-up ends with the profile, which can be skipped', async () => {
    const register = async (name) => {
      const person = await world.simulator.person({ first_name: name, language_code: 'de' });
      await person.start();
      await person.tap('Registrierungsoptionen');
      await person.tap('🏫 Organisation');
      await person.tap(name);
      await pickZone(person, t, 'Europe/Berlin');
      for (const number of [1, 2, 3]) {
        await person.see(`Schritt ${number} von 4`);
        await person.tap('Überspringen');
      }
      const last = await person.see('Schritt 4 von 4');
      assert.match(last.plain, /Ihr Profil ist nicht öffentlich/);
      return person;
    };
    const salon = await register('Salon');
    await salon.tap('Kontakt');
    await salon.see('Wie erreicht man Sie?');
    await salon.say('Tel.: 030 1234567\nhallo@salon.example\nwww.salon.example\nLindenstr. 12\n10969 Berlin');
    const saved = await salon.see('Ihre Kontaktdaten sind gespeichert');
    assert.match(saved.plain, /📞 030 1234567 · ✉️ hallo@salon\.example · 🌐 https:\/\/www\.salon\.example · 📍 Lindenstr\. 12 10969 Berlin/);
    // Nothing to book from is offered before there is something to book.
    assert.match(saved.plain, /Schritt 4 von 4/);
    assert.match(saved.plain, /Noch offen: Leistung, Team – vorher kann niemand buchen\./);
    assert.ok(!buttons(saved).some((label) => label.startsWith('Buchbar')), buttons(saved).join());
    await salon.tap('Veröffentlichen');
    const done = await salon.see('Noch offen: Leistung, Team');
    assert.ok(done.plain.includes(`${world.web}/p/salon`));
    assert.deepEqual(buttons(done), ['➕ Neue Leistung', '➕ Ins Team einladen', 'Seite ansehen', 'Teilen ↗', 'Einladungen', 'Hauptmenü']);
    const html = await (await fetch(`${world.web}/p/salon`)).text();
    assert.match(html, /hallo@salon\.example/);
    assert.match(html, /Salon bietet noch keine Termine an/);
    assert.match(html, /t\.me\/[a-z_]+\?start=[^"]+">In Telegram schreiben/);

    const shy = await register('Stille');
    await shy.tap('Überspringen');
    const end = await shy.see('Noch offen: Leistung, Team');
    assert.ok(!buttons(end).includes('Seite ansehen'));
    assert.equal(await statusOf(`${world.web}/p/stille`), 404);
  });

  test('who is invited to a staff and is no specialist yet is shown the way', async () => {
    const house = await world.account('telegram:7001', { name: 'Haus' });
    const as = { account: house.name };
    const organization = await world.admin.change('AccountService', 'RegisterProvider',
      { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Haus am Park' }, as);
    const { code } = await world.invite(organization.name, as, { kind: 'KIND_STAFF' });
    const rita = await world.simulator.person({ first_name: 'Rita', language_code: 'de' });
    await rita.start(code);
    await rita.see('Registrieren Sie sich zuerst als Spezialist');
    await rita.tap('Registrierungsoptionen');
    await rita.tap('👤 Spezialist');
    await rita.tap('Rita');
    await pickZone(rita, t, 'Europe/Berlin');
    await rita.see('Sie gehören jetzt zum Team von 🏫 Haus am Park');
    await rita.see('Schritt 1 von 4');
    await rita.tap('Später');
    await rita.see('Noch offen: ');
    await rita.start(code);
    assert.ok(buttons(await rita.see('Noch offen: ')).includes('Arbeitszeiten'));
  });
});
