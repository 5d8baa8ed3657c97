// A reporter for tools/test: a line "passed failed skipped", then "failed NAME" for every test that
// failed and "took SECONDS FILE: NAME" for every test there was. Suites and files are no tests, but
// fail as one when they fail by themselves: in a hook, or before any test has run.
import path from 'node:path';

function isFile(data) {
  return data.nesting === 0 && path.isAbsolute(data.name) && data.name.endsWith('.mjs');
}

// Without line breaks, so that it is one line.
const oneLine = (text) => text.replace(/\s+/g, ' ');

export default async function* countTests(source) {
  let passed = 0;
  let skipped = 0;
  const failed = [];
  const took = [];
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isTest = !isFile(data) && data.details?.type !== 'suite';
    if (data.skip !== undefined || data.todo !== undefined) {
      skipped += 1;
    } else if (type === 'test:pass') {
      if (isTest) passed += 1;
    } else if (data.details?.error?.failureType !== 'subtestsFailed') {
      failed.push(data.name);
    }
    if (isTest) took.push([data.details?.duration_ms ?? 0, data.file, data.name]);
  }
  yield `${passed} ${failed.length} ${skipped}\n`;
  for (const name of failed) yield `failed ${oneLine(name)}\n`;
  for (const [ms, file, name] of took) {
    const where = file ? `${path.basename(file)}: ` : '';
    yield `took ${(ms / 1000).toFixed(1)} ${where}${oneLine(name)}\n`;
  }
}
