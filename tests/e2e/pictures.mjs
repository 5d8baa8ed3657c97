// Pictures for pages: drawn by the browser, and put there as a provider does.
import { newId } from './core.mjs';

// A JPEG in two colours, as large as is said.
export async function drawn(browser, { width, height, hue = 200 }) {
  const page = await browser.newPage();
  const url = await page.evaluate(
    ({ width, height, hue }) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      const sky = context.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, `hsl(${hue}, 45%, 78%)`);
      sky.addColorStop(1, `hsl(${hue + 40}, 40%, 45%)`);
      context.fillStyle = sky;
      context.fillRect(0, 0, width, height);
      context.fillStyle = `hsl(${hue + 180}, 50%, 90%)`;
      context.beginPath();
      context.arc(width / 2, height / 2.4, height / 5, 0, 7);
      context.fill();
      context.fillRect(width / 2 - height / 3.5, height / 1.55, height / 1.75, height);
      return canvas.toDataURL('image/jpeg', 0.9);
    },
    { width, height, hue },
  );
  await page.close();
  return Buffer.from(url.split(',')[1], 'base64');
}

// The picture that the core makes of `bytes` for `provider` ({name, account}).
export function addPicture(world, provider, bytes, picture = {}) {
  const header = { parent: provider.name, picture, request_id: newId() };
  const write = (stream) => {
    stream.write({ header });
    stream.write({ data: bytes });
    stream.end();
  };
  return world.admin.upload('PictureService', 'UploadPicture', write, { account: provider.account });
}
