// What an observation program wrote: read with suspicion, compared with care.
#include "observe/seen.hpp"

#include <cmath>
#include <limits>

#include "tt_catch.hpp"

using namespace grader;

namespace {

CaseRecord only(const std::string& lines) {
  const Seen seen = parse_seen("case 0 0\n" + lines + "end\n");
  REQUIRE(seen.count({0, 0}) == 1);
  return seen.at({0, 0});
}

std::string compare(const std::string& expected, const std::string& got) {
  return difference(only(expected), only(got));
}

}  // namespace

TEST_CASE("seen: numbers, whole numbers and text come back as they were") {
  const CaseRecord record = only("d 0x1.8p+1 nan -inf\ni -3 4\ns 616200ff\ni\n");
  REQUIRE(record.lines.size() == 4);
  CHECK(record.ended);
  CHECK(record.lines[0].numbers[0] == 3.0);
  CHECK(std::isnan(record.lines[0].numbers[1]));
  CHECK(record.lines[1].wholes == std::vector<std::int64_t>{-3, 4});
  CHECK(record.lines[2].text == std::string("ab\0\xff", 4));
  CHECK(record.lines[3].wholes.empty());
}

TEST_CASE("seen: a stream that breaks off leaves its last case without an end") {
  const Seen seen = parse_seen("case 0 0\ni 1\nend\ncase 0 1\ni 2\n");
  CHECK(seen.at({0, 0}).ended);
  CHECK_FALSE(seen.at({0, 1}).ended);
}

TEST_CASE("seen: what is not of the form spoils its own case and no other") {
  for (const char* line : {"score 100", "d 1 2x", "i 1.5", "i 99999999999999999999", "s 6", "s zz",
                           "\x01\xff", "", "d 1  2"}) {
    INFO(line);
    const Seen seen = parse_seen(std::string("case 0 0\n") + line + "\nend\ncase 0 1\ni 1\nend\n");
    CHECK_FALSE(seen.at({0, 0}).ended);
    CHECK(seen.at({0, 1}).ended);
  }
  CHECK(parse_seen("case x 0\ni 1\nend\n").empty());
  CHECK(parse_seen("i 1\nend\n").empty());
}

TEST_CASE("difference: within rounding is the same, beyond it is told with its place") {
  CHECK(compare("d 1 2 3\n", "d 1 2.00001 3\n").empty());
  CHECK(compare("d 1 2 3\n", "d 1 2.01 3\n") == "value 1: number 1: expected 2, got 2.01");
  CHECK(compare("i 2 3\n", "i 3 2\n") == "value 1: expected [2, 3], got [3, 2]");
  CHECK(compare("s 6162\n", "s 6163\n") == "value 1: expected 'ab', got 'ac'");
  CHECK(compare("d 1\n", "i 1\n") != "");
  CHECK(compare("d 1 2\n", "d 1\n") == "value 1: expected 2 numbers, got 1");
}

TEST_CASE("difference: NaN and infinity agree with themselves only") {
  CHECK(compare("d nan\n", "d nan\n").empty());
  CHECK(compare("d 1\n", "d nan\n") != "");
  CHECK(compare("d nan\n", "d 1\n") != "");
  CHECK(compare("d inf\n", "d inf\n").empty());
  CHECK(compare("d inf\n", "d -inf\n") != "");
  CHECK(compare("d 1\n", "d inf\n") != "");
}

TEST_CASE("difference: lines that are missing, and lines too many") {
  CHECK(compare("i 1\ni 2\n", "i 1\n") == "value 2: expected, but nothing came");
  CHECK(compare("i 1\n", "i 1\ni 2\n") == "more values than expected");
  CHECK(compare("", "").empty());
}

TEST_CASE("difference: more than a program tells is too much") {
  CHECK(compare("i 1\n", "i 1 and 5 more\n") == "value 1: is far longer than expected");
}
