// grader / record.hpp: what the recorder inside a test program wrote (tests/support/recorder.cpp).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runner.hpp"

namespace grader {

struct Record {
  bool begun = false, ended = false, signalled = false;
  bool wrong_case = false;  // another case than the one that was asked for
  std::vector<FailedAssertion> failures;
  int assertions = 0, failed = 0;
  bool out_of_memory = false;
  std::string todo_blank, todo_function;
  std::uint64_t leaked_bytes = 0;
  int signal = 0;
  bool stack_overflow = false;
  std::vector<std::string> addresses;  // "0x4051aa", innermost first
};

/// Reads the lines; one that is no such object (cut short, or written by somebody else) is ignored.
Record parse_record(const std::string& text, const std::string& expected_name);

/// The same for a program that ran many cases: by name.
std::map<std::string, Record> parse_records(const std::string& text);

}  // namespace grader
