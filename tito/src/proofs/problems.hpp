// tito / problems.hpp: what a proof found, one line each: "file:line: what is wrong". None: the
// proof holds.
#pragma once
#include <string>
#include <vector>

namespace tito {

using Problems = std::vector<std::string>;

inline void append(Problems& all, const Problems& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace tito
