// Counts what a person does on the way through a flow: taps, keys and typed texts.
import assert from 'node:assert/strict';

// Runs `flow` with a person who counts; prints the count and checks that it is at most `max`.
export async function counted(name, person, max, flow) {
  let count = 0;
  const counting = new Proxy(person, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      if (['tap', 'key', 'say'].includes(property)) count += 1;
      if (property === 'practice') count += 2;
      return value.bind(target);
    },
  });
  const result = await flow(counting);
  console.log(`# ${name}: ${count} taps (at most ${max})`);
  assert.ok(count <= max, `${name} takes ${count} taps`);
  return result;
}

// The same person; `taps` counts keys and buttons, and not what is typed.
export function tapping(person) {
  return {
    taps: 0,
    tap(label) {
      this.taps += 1;
      return person.tap(label);
    },
    key(label) {
      this.taps += 1;
      return person.key(label);
    },
    practice(part) {
      this.taps += 2;
      return person.practice(part);
    },
  };
}
