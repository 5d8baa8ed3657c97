// Downloads in a real browser: a file that is saved under its name, and pages that say why there is
// none. The screenshots are in build/screenshots.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessibleAndFitting, launch, open, shoot, sizes } from './browser.mjs';
import { age, Files } from './files.mjs';
import { World } from './harness.mjs';

const MINUTES_5 = 300;
let world, files, browser;
const at = {}; // Addresses of links by what became of them.
before(async () => {
  world = await World.core();
  const marie = await world.specialist();
  const anna = await world.customer('telegram:2001', marie.code);
  files = new Files(world, marie.name, anna.name);
  const document = await files.upload(Buffer.from('kept'));
  at.expired = `/d/${await files.tokenOf(document)}`;
  await age(world, MINUTES_5);
  const deleted = await files.upload(Buffer.from('deleted'));
  at.deleted = `/d/${await files.tokenOf(deleted)}`;
  await files.delete(deleted);
  at.unknown = `/d/${'A'.repeat(43)}`;
  await world.startWeb();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world.stop();
});

const pages = [
  { name: 'expired', status: 410, heading: 'Dieser Link ist abgelaufen' },
  { name: 'deleted', status: 410, heading: 'Dieses Dokument wurde gelöscht' },
  { name: 'unknown', status: 404, heading: 'Diesen Link gibt es nicht' },
];
for (const { name, status, heading } of pages) {
  for (const [scheme, size] of [['light', sizes[0]], ['dark', sizes[1]], ['light', sizes[1]]]) {
    test(`the page of ${name} links is accessible and fits, ${scheme}, ${size.width} px wide`, async () => {
      const { context, page, response } = await open(browser, world.web, at[name], { scheme, size, bypassCSP: true });
      assert.equal(response.status(), status);
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), heading);
      await shoot(page, `web-download-${name}-${scheme}-${size.name}`, { fullPage: true });
      await assertAccessibleAndFitting(page, size);
      await context.close();
    });
  }
}

test('a link saves the file under its name, whatever its type, and shows nothing', async () => {
  const html = Buffer.from('<h1>Hello</h1><script>document.title = "run"</script>');
  const document = await files.upload(html, { file_name: 'Prüfung 😀 <1>.html', content_type: 'text/html' });
  const token = await files.tokenOf(document);
  const context = await browser.newContext();
  const page = await context.newPage();
  const coming = page.waitForEvent('download');
  // A page cannot be gone to that is a download.
  await assert.rejects(page.goto(`${world.web}/d/${token}`), /Download is starting/);
  const download = await coming;
  assert.equal(download.suggestedFilename(), 'Prüfung 😀 _1_.html');
  assert.ok(readFileSync(await download.path()).equals(html));
  assert.equal(page.url(), 'about:blank');
  await context.close();
});
