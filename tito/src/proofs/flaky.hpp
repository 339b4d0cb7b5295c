// tito / flaky.hpp: does a test's verdict depend on the order, on the optimiser or on the compiler?
//
// The reference's suites are built with each compiler at -O0, -O2 and -O3, with single and with double numbers where
// there are files for that, and each program runs all its cases many times, in one process, in another order each time.
// Every case must pass every time. (A student's tests run one case a process: what one case leaves behind for the next
// shows only here.)
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "suite_proofs.hpp"

namespace tito {

struct FlakyOptions {
  int runs = 20;
  std::vector<std::string> compilers;  // empty: g++ and clang++, if they are there
  std::vector<std::string> levels = {"O0", "O2", "O3"};
  std::function<void(const std::string&)> told;  // a line for each program
};

Problems prove_steady(const ProofSetting&, const FlakyOptions&);

}  // namespace tito
