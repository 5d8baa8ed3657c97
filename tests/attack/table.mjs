// What an attack measured, as a table at the end of its file's run.

// Asked for by `tools/test --attack-at-length`: more of everything, for hours if it must.
export const atLength = Boolean(process.env.KALENDS_ATTACK_AT_LENGTH);

export class Table {
  // `columns`: the first says what was tried.
  constructor(title, columns) {
    this.title = title;
    this.rows = [columns];
  }
  add(...cells) {
    this.rows.push(cells.map(String));
  }
  // Numbers stand to the right, as what is no number in a column of theirs does.
  toString() {
    const widths = this.rows[0].map((_, i) => Math.max(...this.rows.map((row) => row[i].length)));
    const line = (row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd();
    const [head, ...body] = this.rows.map(line);
    return ['', this.title, head, '-'.repeat(head.length), ...body, ''].join('\n');
  }
  print() {
    if (this.rows.length > 1) console.log(this.toString());
  }
}
