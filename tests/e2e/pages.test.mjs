// SPEC 3.6: a provider makes the public page in the chat: photo and gallery, colours, languages, address,
// hours and networks. What is said there is what everybody sees.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { worldWithMarie } from './customer_walk.mjs';
import { drawn } from './pictures.mjs';
import { buttons } from './simulator.mjs';

describe('a page made in the chat', { concurrency: false }, () => {
  let world, marie, browser;
  before(async () => {
    ({ world, marie } = await worldWithMarie('de', { web: true }));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await world.stop();
  });

  const html = async () => (await fetch(`${world.web}/p/marie`, { headers: { 'accept-language': 'de' } })).text();
  const openProfile = async () => {
    await marie.practice('Profil');
    return marie.see('Ihr Profil ist');
  };
  const openMore = async () => {
    await openProfile();
    await marie.tap('Mehr …');
    return marie.see('Ihre Seite');
  };
  const altsIn = (text) => [...text.matchAll(/<img src[^>]* alt="([^"]*)"/g)].map(([, alt]) => alt);

  test('what is missing is said, and a photo of the chat is that of the page', async () => {
    const before = await openProfile();
    assert.match(before.plain, /0 von 5 fertig · es fehlen: Text, Foto, Kontakt, Adresse, Galerie/);
    await marie.tap('Foto');
    await marie.see('Senden Sie mir ein Foto von sich');
    await marie.sendFile(await drawn(browser, { width: 600, height: 800 }), { as: 'photo' });
    const saved = await marie.see('Das Foto ist auf Ihrer Seite');
    assert.deepEqual(buttons(saved), ['Ansehen', 'Löschen', '◀ Zurück']);
    await marie.tap('Ansehen');
    const shown = await marie.see('ohne Beschreibung');
    assert.ok(shown.photo, 'the picture itself');
    await openProfile();
    await marie.tap('Veröffentlichen');
    await marie.see('Ihr Profil ist öffentlich');
    assert.match(await html(), /<img class="photo" src="\/i\/[0-9a-z]{13}-[0-9a-z]{13}-\d+\.jpg"/);
  });

  test('what is no picture is refused, and the question stands', async () => {
    await openProfile();
    await marie.tap('Foto');
    await marie.see('Auf Ihrer Seite ist ein Foto');
    await marie.sendFile('not a picture', { name: 'photo.jpg', type: 'image/jpeg' });
    await marie.see('Dieses Bild kann ich nicht lesen');
    await marie.sendFile(await drawn(browser, { width: 700, height: 700, hue: 90 }), { name: 'photo.jpg', type: 'image/jpeg' });
    await marie.see('Das Foto ist auf Ihrer Seite');
  });

  test('pictures sent together are a gallery, with captions and an order, and can be deleted', async () => {
    await openProfile();
    await marie.tap('Galerie');
    await marie.see('Hier stehen die Bilder Ihrer Seite');
    await marie.tap('➕ Bilder hinzufügen');
    await marie.see('Senden Sie mir Bilder');
    await marie.sendAlbum([
      { bytes: await drawn(browser, { width: 800, height: 600 }), as: 'photo', caption: 'Der Raum' },
      { bytes: await drawn(browser, { width: 800, height: 600, hue: 100 }), as: 'photo', caption: 'Der Garten' },
    ]);
    await marie.see('2 Bilder sind auf Ihrer Seite');
    await marie.sendFile(await drawn(browser, { width: 400, height: 300, hue: 300 }), { as: 'photo' });
    await marie.see('1 Bild ist auf Ihrer Seite');
    assert.deepEqual(altsIn(await html()), ['Der Raum', 'Der Garten', 'Bild 3']);

    await marie.tap('3 · ohne Beschreibung');
    await marie.see('Bild 3 von 3');
    await marie.tap('Beschreibung');
    await marie.see('Was ist auf dem Bild zu sehen?');
    await marie.say('Der Weg <zu Fuß>');
    await marie.see('Der Weg <zu Fuß>');
    await marie.tap('◀ Nach vorn');
    await marie.see('Bild 2 von 3');
    assert.deepEqual(altsIn(await html()), ['Der Raum', 'Der Weg &lt;zu Fuß&gt;', 'Der Garten']);
    await marie.tap('Löschen');
    await marie.see('Das Bild ist gelöscht');
    assert.deepEqual(altsIn(await html()), ['Der Raum', 'Der Garten']);
  });

  test('a colour that could not be read is refused, with one that can', async () => {
    await openProfile();
    await marie.tap('Farben');
    assert.ok(buttons(await marie.see('Jede gibt es hell und dunkel')).includes('✔ 🌲 Wald'));
    await marie.tap('🍇 Pflaume');
    assert.ok(buttons(await marie.see('Gespeichert')).includes('✔ 🍇 Pflaume'));
    assert.match(await html(), /<html lang="de" class="plum">/);
    await marie.tap('Eigene Farbe');
    await marie.see('Welche Farbe sollen Knöpfe und Links haben?');
    await marie.say('gelb');
    await marie.see('Das ist keine Farbe');
    await marie.say('#FFE000');
    const refused = await marie.see('schlecht lesen');
    const [take] = buttons(refused).filter((label) => label.endsWith(' nehmen'));
    await marie.tap(take);
    await marie.see('Ihre eigene Farbe');
    assert.ok((await html()).includes(`--accent:${take.split(' ')[0]}`));
    await marie.tap('Ohne eigene Farbe');
    await marie.see('Gespeichert');
    assert.doesNotMatch(await html(), /--accent:#[0-9a-f]{6};--on-accent:#fff}/);
  });

  test('the text can be had in several languages', async () => {
    await openProfile();
    await marie.tap('Text schreiben');
    await marie.see('Was soll auf Ihrer Seite');
    await marie.say('Willkommen!');
    await openMore();
    await marie.tap('Sprachen');
    await marie.see('In welcher Sprache');
    await marie.tap('English');
    await marie.see('Schreiben Sie mir den Text über sich');
    await marie.say('Welcome!');
    assert.ok(buttons(await marie.see('Ihr Text ist gespeichert')).includes('✅ English'));
    const english = await (await fetch(`${world.web}/p/marie?lang=en`)).text();
    assert.match(english, /lang="en" dir="auto">Welcome!</);
    assert.match(await html(), /lang="de" dir="auto">Willkommen!</);
  });

  test('hours, map, networks and address are set, and wrong ones are asked for again', async () => {
    await openMore();
    await marie.tap('Öffnungszeiten zeigen: aus');
    await marie.see('Öffnungszeiten zeigen: an ✅');
    assert.match(await html(), /Öffnungszeiten<\/h2>/);

    await marie.tap('Karte');
    await marie.see('Senden Sie mir den Link zu Ihrer Stelle');
    await marie.say('da vorne links');
    await marie.see('Das ist keine Adresse');
    await marie.say('https://osm.example/1');
    await marie.see('Karte: Ihr Link');

    await marie.tap('Andere Netzwerke');
    await marie.see('Wo sind Sie noch zu finden?');
    await marie.say('Instagram: https://instagram.com/marie\nmarie.example');
    const linked = await marie.see('Auch hier zu finden');
    assert.match(linked.plain, /Instagram: https:\/\/instagram\.com\/marie\nhttps:\/\/marie\.example/);

    await marie.tap('Adresse der Seite');
    await marie.see('Wie soll die Adresse Ihrer Seite enden?');
    await marie.say('Marie Weber!');
    await marie.see('So kann die Adresse nicht enden');
    await marie.say('Marie-Weber');
    await marie.see('/p/marie-weber');
    const moved = await fetch(`${world.web}/p/marie`, { redirect: 'manual' });
    assert.equal(moved.headers.get('location'), '/p/marie-weber', 'the old one leads there');
  });
});
