// Counts what a person taps, so that a test can say how short a way is.

// The same person; `taps` counts keys and buttons, and not what is typed.
export function counted(person) {
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
