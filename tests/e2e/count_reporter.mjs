// A reporter for tools/test: one line "passed failed skipped", then the name of every test that
// failed. Suites and files are no tests, but fail as one when they fail by themselves: in a hook, or
// before any test has run.
import path from 'node:path';

function isFile(data) {
  return data.nesting === 0 && path.isAbsolute(data.name) && data.name.endsWith('.mjs');
}

export default async function* countTests(source) {
  let passed = 0;
  let skipped = 0;
  const failed = [];
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.skip !== undefined || data.todo !== undefined) {
      skipped += 1;
    } else if (type === 'test:pass') {
      if (!isFile(data) && data.details?.type !== 'suite') passed += 1;
    } else if (data.details?.error?.failureType !== 'subtestsFailed') {
      failed.push(data.name);
    }
  }
  yield `${passed} ${failed.length} ${skipped}\n`;
  for (const name of failed) yield `${name}\n`;
}
