#!/usr/bin/env python3
"""Which characters are letters, and which are numbers: writes modules/support/unicode.hpp.

    python3 tests/oracles/10_unicode.py > modules/support/unicode.hpp

The general categories come from Python's unicodedata (the Unicode Character Database). White space is the property
White_Space, which unicodedata does not have: it is short, and written out here from PropList.txt.
"""
import sys
import unicodedata

WHITE_SPACE = [(0x9, 0xD), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
               (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)]


def ranges(major):
    found = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code))[0] != major:
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def table(name, pairs):
    lines, line = [], "   "
    for first, last in pairs:
        entry = f" {{0x{first:X}, 0x{last:X}}},"
        if len(line) + len(entry) > 100:
            lines.append(line)
            line = "   "
        line += entry
    lines.append(line)
    return f"inline constexpr CodePoints {name}[] = {{\n" + "\n".join(lines) + "\n};\n"


print(f"""// support / unicode.hpp: is a character a letter, a number, white space? Given code, made by
// tests/oracles/10_unicode.py from the Unicode Character Database {unicodedata.unidata_version}; not edited by hand.
//
//   character_kind(U'x') == CharacterKind::letter
// The kinds are those of GPT-2's pattern: \\p{{L}}, \\p{{N}}, \\s (the property White_Space), anything else.
#pragma once
#include <algorithm>
#include <iterator>

namespace tinytorch {{

enum class CharacterKind {{ letter, number, space, other }};

namespace detail {{

/// All characters from `first` to `last`, both included.
struct CodePoints {{
  char32_t first, last;
}};

// clang-format off
{table("letter_ranges", ranges("L"))}
{table("number_ranges", ranges("N"))}
{table("space_ranges", WHITE_SPACE)}// clang-format on

/// Is `c` in a sorted list of ranges? A binary search.
template <class Ranges>
bool is_in(const Ranges& ranges, char32_t c) {{
  const auto after = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                                      [](char32_t code, const CodePoints& r) {{ return code < r.first; }});
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}}

}}  // namespace detail

inline CharacterKind character_kind(char32_t c) {{
  if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return CharacterKind::letter;  // most are
  if (detail::is_in(detail::letter_ranges, c)) return CharacterKind::letter;
  if (detail::is_in(detail::space_ranges, c)) return CharacterKind::space;
  if (detail::is_in(detail::number_ranges, c)) return CharacterKind::number;
  return CharacterKind::other;
}}

}}  // namespace tinytorch""")
