// The profile page in a real browser: accessible in light and dark and on a small phone, and asking
// nobody but its own server. The screenshots are in build/screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessibleAndFitting, launch, open as openIn, shoot, sizes } from './browser.mjs';
import { World } from './harness.mjs';
import { addPicture, drawn } from './pictures.mjs';

let world, browser, code, serviceIds, marie;
before(async () => {
  world = await World.core();
  const money = (minor_units) => ({ currency_code: 'EUR', minor_units });
  marie = await world.specialist({
    name: 'Marie Weber',
    services: [
      {
        display_name: 'Erstgespräch',
        description: 'Wir lernen uns kennen und klären, worum es geht.',
        duration: { seconds: 1800 },
        position: 1,
      },
      {
        display_name: 'Beratung',
        description: 'Eine Sitzung von 50 Minuten, vor Ort oder per Video.',
        duration: { seconds: 3000 },
        price: money(8000),
        translations: { en: { display_name: 'Counselling', description: 'A session of 50 minutes.' } },
        position: 2,
      },
      { display_name: 'Gruppenstunde', duration: { seconds: 9000 }, price: money(1500), capacity: 8, position: 3 },
    ],
  });
  code = marie.code;
  serviceIds = marie.services.map(({ name }) => name.split('/').at(-1));
  const { invitations } = await world.admin.call('InvitationService', 'ListInvitations', { parent: marie.name });
  await world.publish(marie, {
    about:
      'Seit fünfzehn Jahren begleite ich Menschen durch schwierige Zeiten: ruhig, zugewandt und immer mit ' +
      'einem Blick für das, was schon gelingt.\n\nSprechstunde ist montags bis freitags, vor Ort oder per Video.',
    website: 'https://www.marie-weber.example/praxis',
    email: 'praxis@marie-weber.example',
    phone: '+49 30 5550 1234',
    address: 'Lindenstraße 12\n10969 Berlin',
    social_profiles: [
      { url: 'https://www.instagram.com/marie.weber.example' },
      { display_name: 'Fachverband', url: 'https://verband.example/mitglieder/weber' },
    ],
    invitation: invitations[0].name,
    hours_shown: true,
    about_translations: { en: 'For fifteen years I have been with people in hard times.' },
  });
  const studio = await world.specialist({
    identity: 'telegram:1002',
    name: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenwerkstatt',
    services: [],
  });
  await world.publish(studio, { slug: 'studio', about: `${'Langeswortohnepause'.repeat(20)}` });
  const hebrew = await world.specialist({ identity: 'telegram:1003', name: 'מרים כהן', services: [{ display_name: 'ייעוץ', duration: { seconds: 3600 } }] });
  await world.publish(hebrew, { slug: 'miriam', about: 'שלום, אני מרים.', address: 'רחוב הרצל 1', theme: 'THEME_OCEAN' });
  browser = await launch();
  const photo = await drawn(browser, { width: 900, height: 1200, hue: 20 });
  await addPicture(world, marie, photo, { role: 'ROLE_PHOTO' });
  for (const [index, caption] of ['Der helle Raum', 'Der Garten', '', 'Der Weg'].entries()) {
    await addPicture(world, marie, await drawn(browser, { width: 1600, height: 1200, hue: 60 * index }), { caption });
  }
  await world.startWeb({ args: ['--bot-url', 'https://t.me/kalends_demo_bot', '--public-url', 'https://kalends.example'] });
});
after(async () => {
  await browser?.close();
  await world.stop();
});

const open = (at, options) => openIn(browser, world.web, at, options);

const pages = [
  { name: 'profile', at: '/p/marie-weber', status: 200 },
  { name: 'long-words', at: '/p/studio', status: 200 },
  { name: 'right-to-left', at: '/p/miriam', status: 200 },
  { name: 'not-found', at: '/p/nobody', status: 404 },
];

for (const { name, at, status } of pages) {
  for (const scheme of ['light', 'dark']) {
    for (const size of sizes) {
      test(`${name} is accessible and fits, ${scheme}, ${size.width} px wide`, async () => {
        const { context, page, response } = await open(at, { scheme, size, bypassCSP: true });
        assert.equal(response.status(), status);
        await shoot(page, `web-${name}-${scheme}-${size.name}`, { fullPage: true });
        await assertAccessibleAndFitting(page, size);
        await context.close();
      });
    }
  }
}

test('the page works under its own policy, without a script and without asking anybody else', async () => {
  const { context, page, complaints } = await open('/p/marie-weber');
  const card = page.locator('.card').first();
  assert.notEqual(await card.evaluate((node) => getComputedStyle(node).borderRadius), '0px', 'no style was applied');
  assert.equal(await page.locator('script:not([type="application/ld+json"])').count(), 0);
  const hrefOf = (name) => page.getByRole('link', { name, exact: true }).getAttribute('href');
  const invitation = `https://t.me/kalends_demo_bot?start=${code}`;
  assert.equal(await hrefOf('Termin buchen'), invitation);
  assert.equal(await hrefOf('Beratung'), `${invitation}-${serviceIds[1]}`);
  assert.deepEqual(await page.getByRole('heading', { level: 3 }).allTextContents(), [
    'Erstgespräch',
    'Beratung',
    'Gruppenstunde',
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('all of a service is where to press it, and a phone shows no code to scan', async () => {
  for (const size of sizes) {
    const { context, page } = await open('/p/marie-weber', { size });
    const price = page.locator('.services .price').nth(1);
    await price.scrollIntoViewIfNeeded();
    const box = await price.boundingBox();
    const pressed = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y).closest('a')?.textContent,
      [box.x + box.width / 2, box.y + box.height / 2],
    );
    assert.equal(pressed, 'Beratung', size.name);
    assert.equal(await page.locator('.qr').isVisible(), size.name !== 'phone');
    await context.close();
  }
});

test('dark and light differ, and the code can be scanned in both', async () => {
  const colours = [];
  for (const scheme of ['light', 'dark']) {
    const { context, page } = await open('/p/marie-weber', { scheme });
    colours.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    assert.equal(await page.locator('.qr').evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(255, 255, 255)');
    await context.close();
  }
  assert.notEqual(colours[0], colours[1]);
});

test('a viewer of another language reads theirs, and can choose', async () => {
  const { context, page } = await open('/p/marie-weber', { locale: 'en-GB' });
  assert.equal(await page.getByRole('heading', { name: 'Services' }).count(), 1);
  assert.equal(await page.getByRole('heading', { name: 'Counselling' }).getAttribute('lang'), 'en');
  await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Français' }).click();
  await page.getByRole('heading', { name: 'Prestations' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await context.close();
});

test('everything can be reached by keyboard, in the order it is read', async () => {
  const { context, page } = await open('/p/marie-weber', { size: sizes[1] });
  const expected = await page.locator('a').evaluateAll((links) => links.map((link) => link.href));
  const reached = [];
  for (let i = 0; i < expected.length; i += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement.href));
  }
  assert.deepEqual(reached, expected);
  const tops = await page.locator('a').evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top + scrollY));
  assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
  await context.close();
});

// As the bot and kalends-web are both asked for them.
const themes = ['THEME_FOREST', 'THEME_OCEAN', 'THEME_PLUM', 'THEME_SAND', 'THEME_GRAPHITE'];

for (const theme of themes) {
  for (const scheme of ['light', 'dark']) {
    test(`${theme} can be read by all, ${scheme}`, async () => {
      await world.publish(marie, { theme });
      const { context, page } = await open('/p/marie-weber', { scheme, bypassCSP: true });
      await shoot(page, `web-${theme.toLowerCase()}-${scheme}`, { fullPage: true });
      await assertAccessibleAndFitting(page, sizes[0]);
      await context.close();
    });
  }
}

test('a colour of one\'s own is that of buttons and links in both schemes, and can be read', async () => {
  const low = await world.publish(marie, { accent_color: '#ffe000' }).catch((error) => error);
  assert.equal(low.reason, 'CONTRAST_TOO_LOW');
  const accent = low.info.metadata.fitting_color;
  await world.publish(marie, { accent_color: accent, theme: 'THEME_FOREST' });
  for (const scheme of ['light', 'dark']) {
    const { context, page, complaints } = await open('/p/marie-weber', { scheme });
    const colour = await page.locator('.button').first().evaluate((node) => getComputedStyle(node).backgroundColor);
    const [red, green, blue] = colour.match(/\d+/g).map(Number);
    const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    if (scheme === 'light') assert.equal(hex, accent);
    else assert.notEqual(hex, accent);
    assert.deepEqual(complaints, []);
    await context.close();
    const checked = await open('/p/marie-weber', { scheme, bypassCSP: true });
    await assertAccessibleAndFitting(checked.page, sizes[0]);
    await checked.context.close();
  }
  await world.publish(marie, { accent_color: '' });
});

test('a picture comes in the size that fits, says what it shows, and keeps nothing of where it was taken', async () => {
  const { context, page, complaints } = await open('/p/marie-weber', { size: sizes[1] });
  const photo = page.locator('img.photo');
  assert.equal(await photo.getAttribute('alt'), 'Marie Weber');
  assert.match(await photo.evaluate((node) => node.currentSrc), /-320\.jpg$/, 'the smallest is enough for a phone');
  const gallery = page.locator('.gallery img');
  assert.deepEqual(await gallery.evaluateAll((all) => all.map((node) => node.alt)), [
    'Der helle Raum',
    'Der Garten',
    'Bild 3',
    'Der Weg',
  ]);
  await gallery.first().scrollIntoViewIfNeeded();
  assert.ok(await gallery.first().evaluate((node) => node.decode().then(() => node.naturalWidth > 0)));
  const response = await fetch(new URL(await gallery.first().getAttribute('src'), world.web));
  assert.equal(response.headers.get('content-type'), 'image/jpeg');
  assert.match(response.headers.get('cache-control'), /max-age=3600/);
  assert.equal(response.headers.get('set-cookie'), null);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(bytes.includes('Exif'), false);
  const again = await fetch(response.url, { headers: { 'if-none-match': response.headers.get('etag') } });
  assert.equal(again.status, 304);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('nothing of a page that is not published is there, and all that is missing looks alike', async () => {
  const { pictures } = await world.admin.call('PictureService', 'ListPictures', { parent: marie.name }, { account: marie.account });
  const [, provider, , picture] = pictures[0].name.split('/');
  const at = `/i/${provider}-${picture}-320.jpg`;
  assert.equal((await fetch(world.web + at)).status, 200);
  await world.publish(marie, { published: false });
  const gone = await Promise.all([at, '/i/x.jpg', '/p/marie-weber', '/p/nobody'].map((path) => fetch(world.web + path)));
  assert.deepEqual(gone.map(({ status }) => status), [404, 404, 404, 404]);
  const texts = await Promise.all(gone.map((response) => response.text()));
  assert.equal(new Set(texts).size, 1, 'one page for all of them');
  await world.publish(marie);
});

test('the next free times of a service lead to it, and change once one is taken', async () => {
  const { context, page } = await open('/p/marie-weber');
  const times = page.getByRole('list', { name: 'Nächste freie Zeiten: Beratung' }).getByRole('link');
  assert.equal(await times.count(), 3);
  const first = await times.first().getAttribute('href');
  assert.match(first, new RegExp(`\\?start=${code}-${serviceIds[1]}-[0-9a-z]{5,6}$`));
  const start = parseInt(first.split('-').at(-1), 36) * 60;
  const anna = await world.customer('telegram:2001', code);
  await world.request(marie.name, anna.name, start, { service: marie.services[1].name });
  await page.reload();
  assert.notEqual(await times.first().getAttribute('href'), first);
  await context.close();
});

test('machines read what the page is, and others show its picture', async () => {
  const { context, page } = await open('/p/marie-weber');
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(data['@type'], 'LocalBusiness');
  assert.equal(data.name, 'Marie Weber');
  assert.equal(data.makesOffer.length, 3);
  assert.deepEqual(data.makesOffer[1].price, '80.00');
  assert.ok(data.openingHoursSpecification.length > 0);
  assert.match(data.potentialAction.target, /\?start=/);
  assert.match(await page.locator('meta[property="og:image"]').getAttribute('content'), /^https?:.*\/i\/.*-900\.jpg$/);
  await context.close();
});

test('a page weighs at most 60 kB without its pictures, and leaves no cookie', async () => {
  const { context, page } = await open('/p/marie-weber');
  const sizesOf = await page.evaluate(() =>
    performance.getEntries().filter(({ entryType, initiatorType }) => entryType === 'navigation' || initiatorType !== 'img')
      .map(({ decodedBodySize = 0 }) => decodedBodySize));
  const bytes = sizesOf.reduce((sum, size) => sum + size, 0);
  assert.ok(bytes < 60_000, `it is ${bytes} bytes`);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});
