// Characters by Python's str: made by tests/oracles/10_characters.py, not edited by hand.
// clang-format off
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tt_test::oracle {

inline const std::string some_text = "\107\162\303\274\303\237\145\054\040\344\270\226\347\225\214\041\040\360\237\230\200\040\156\141\303\257\166\145\040\145\314\201\040\107\162\303\274\303\237\105\012\011\060";
inline const std::vector<std::string> characters_in_order = {
    "\011", "\012", "\040", "\041", "\054", "\060", "\105", "\107", "\141", "\145", "\156", "\162", "\166", "\303\237", "\303\257", "\303\274", "\314\201", "\344\270\226", "\347\225\214", "\360\237\230\200"};
inline const std::vector<std::int64_t> character_ids = {7, 11, 15, 13, 9, 4, 2, 17, 18, 3, 2, 19, 2, 10, 8, 14, 12, 9, 2, 9, 16, 2, 7, 11, 15, 13, 6, 1, 0, 5};

}  // namespace tt_test::oracle
// clang-format on
