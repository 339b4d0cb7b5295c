// tito tests / what_is_shown.hpp: what a piece of code writes on the screen.
#pragma once
#include <iostream>
#include <sstream>
#include <string>

namespace tito_test {

/// What `show` writes to std::cout. Must not throw.
template <class Show>
std::string what_is_shown(Show show) {
  std::ostringstream text;
  std::streambuf* const terminal = std::cout.rdbuf(text.rdbuf());
  show();
  std::cout.rdbuf(terminal);
  return text.str();
}

}  // namespace tito_test
