// A reporter for tools/test: one line "passed failed", then the name of every test that failed.
// Suites are no tests, and a file is one only when it fails before any test of it has run.
import path from 'node:path';

function isFile(data) {
  return data.nesting === 0 && path.isAbsolute(data.name) && data.name.endsWith('.mjs');
}

export default async function* countTests(source) {
  let passed = 0;
  const failed = [];
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    if (type === 'test:pass') {
      if (!isFile(data)) passed += 1;
    } else if (data.details?.error?.failureType !== 'subtestsFailed') {
      failed.push(data.name);
    }
  }
  yield `${passed} ${failed.length}\n`;
  for (const name of failed) yield `${name}\n`;
}
