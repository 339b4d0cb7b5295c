#!/usr/bin/env python3
"""Characters as Python has them: writes tests/regression/10_oracle.hpp.

    /usr/bin/python3 tests/oracles/10_characters.py > tests/regression/10_oracle.hpp
"""
text = "Grüße, 世界! \U0001F600 naïve e\u0301 GrüßE\n\t0"
vocabulary = sorted(set(text))
ids = [vocabulary.index(c) for c in text]


def literal(s):
    """Each byte by its octal number, which cannot run into the next character."""
    return '"' + "".join(f"\\{b:03o}" for b in s.encode()) + '"'


print(f"""// Characters by Python's str: made by tests/oracles/10_characters.py, not edited by hand.
// clang-format off
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tt_test::oracle {{

inline const std::string some_text = {literal(text)};
inline const std::vector<std::string> characters_in_order = {{
    {", ".join(literal(c) for c in vocabulary)}}};
inline const std::vector<std::int64_t> character_ids = {{{", ".join(map(str, ids))}}};

}}  // namespace tt_test::oracle
// clang-format on""")
