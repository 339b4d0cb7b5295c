// GPT-2's ids by another encoder: writes tests/pedagogy/10_tokenization/gpt2_golden.hpp.
//
//   npm pack gpt-3-encoder@1.1.4 && tar xzf gpt-3-encoder-1.1.4.tgz
//   node tests/oracles/10_gpt2.js package > tests/pedagogy/10_tokenization/gpt2_golden.hpp
//
// The ids are those of the package's own encoder (MIT licence). The merges are the lines of its file vocab.bpe that
// can take part in one of the texts: all whose result stands in the bytes of a text. Their order is kept; `rank` is
// the line's number in the whole file, from 0.
const fs = require('fs');
const path = require('path');
const folder = path.resolve(process.argv[2]);
const { encode } = require(path.join(folder, 'Encoder.js'));

const texts = [
  'Hello world', "it's 2024!", ' na\u00efve caf\u00e9 \u{1F600}',
  'Hello', ' Hello', 'hello', 'HELLO', "I'm, we've, they'll, he'd, don't, she's, you're", "WE'LL", ' \'s', "!!'s",
  '  two  spaces ', 'tab\tand\nlines\n\nend\n', 'a\u00a0b', '\u65e5\u672c\u8a9e', '\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440!',
  '3.14159', 'x=1;y=22', 'foo_bar(baz)', 'Call me Ishmael.', 'long ago--never mind how long precisely',
  '<|endoftext|>', 'don\u2019t', 'e\u0301', '\u{1F44D}\u{1F3FD}', 'end   ', '\n', '\u00b2\u00bd\u2167',
  'supercalifragilistic', 'The quick brown fox jumps over the lazy dog.', 'aaaaaaaaaa',
];

// The bytes of a text as vocab.bpe writes them.
const ink = (b) => (b >= 33 && b <= 126) || (b >= 161 && b !== 173);
const names = [];
let substitute = 256;
for (let b = 0; b < 256; ++b) names[b] = String.fromCodePoint(ink(b) ? b : substitute++);
const written = texts.map((t) => [...Buffer.from(t, 'utf8')].map((b) => names[b]).join(''));

const lines = fs.readFileSync(path.join(folder, 'vocab.bpe'), 'utf8').split('\n').slice(1).filter((l) => l !== '');
const merges = [];
lines.forEach((line, rank) => {
  const [left, right] = line.split(' ');
  if (written.some((w) => w.includes(left + right))) merges.push({ left, right, rank });
});

const quote = (s) => '"' + [...Buffer.from(s, 'utf8')].map((b) =>
  b < 32 || b > 126 || b === 34 || b === 92 || b === 63 ? '\\' + b.toString(8).padStart(3, '0') : String.fromCharCode(b)).join('') + '"';
console.log(`// GPT-2's ids of ${texts.length} texts, by npm's gpt-3-encoder 1.1.4 (MIT licence, Copyright (c) 2020 AIDungeon), and the
// ${merges.length} of its 50,000 merges that they need. Made by tests/oracles/10_gpt2.js; not edited by hand.
#pragma once

namespace tt_test {

struct Gpt2Merge {
  const char* line;  // as the file has it
  int rank;          // its place in the file
};

struct Gpt2Text {
  const char* text;
  const char* ids;
};

// clang-format off
inline constexpr Gpt2Merge gpt2_merges[] = {`);
for (const m of merges) console.log(`    {${quote(m.left + ' ' + m.right)}, ${m.rank}},`);
console.log(`};

inline constexpr Gpt2Text gpt2_texts[] = {`);
for (const t of texts) console.log(`    {${quote(t)}, "${encode(t).join(' ')}"},`);
console.log(`};
// clang-format on

}  // namespace tt_test`);
