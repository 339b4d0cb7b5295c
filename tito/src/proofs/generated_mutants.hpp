// tito / generated_mutants.hpp: small slips, made by rule from the solutions.
//
// Curated mutants (mutants.hpp) are what somebody would think; these are what nobody would: + for -, < for <=,
// 0 for 1, a statement left out, two arguments changed, a condition negated, a number one off. A
// test suite that notices them looks at every line of the solution.
//
// They are made from text, with a tokenizer that knows strings, comments and numbers but no C++:
// what comes out need not compile, and then does not count.
#pragma once
#include <string>
#include <vector>

#include "regions.hpp"

namespace tito {

struct GeneratedMutant {
  std::string blank;
  int line = 0;        // of the solution's header, 1-based
  std::string change;  // "x < y  ->  x <= y": the line before and after, cut to what differs
  std::string body;    // the whole region
};

/// Each mutant differs from the solution in one place. In the order of the text, each body once.
std::vector<GeneratedMutant> generate_mutants(const grader::Region&);

struct Token {
  enum class Kind { word, number, text, sign } kind;
  std::string text;
  std::size_t at = 0;  // where it begins
};

/// Words, numbers, strings and characters, and operators (the longest that fit); comments, white
/// space and preprocessor lines are left out.
std::vector<Token> tokens_of(const std::string& text);

}  // namespace tito
