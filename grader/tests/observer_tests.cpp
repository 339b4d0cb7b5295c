// Observation programs: built once, run in parts, and their seeds.
#include "observe/observer.hpp"

#include <chrono>

#include "files.hpp"
#include "observe/official.hpp"
#include "parallel.hpp"
#include "tt_catch.hpp"

using namespace grader;
namespace fs = std::filesystem;

namespace {

struct Desk {
  Course course = Course::load(TINYTORCH_ROOT);
  Overlay reference = Overlay::reference(course);
  Observers observers{course, test_compiler(), fs::path(TEST_FOLDER) / "observers", Sandbox(), 5};
  const Module& first = course.module("01");

  /// The reference, with another shape.hpp in module 01.
  Overlay with_shape(const std::string& name, const std::string& text) const {
    Overlay mine = reference;
    fs::path& headers = mine.folder.at("01_tensor");
    const fs::path folder = fs::path(TEST_FOLDER) / name;
    fs::create_directories(folder);
    for (const auto& header : list_files(headers, ".hpp"))
      write_atomically(folder / header.filename(), read_text(header));
    write_atomically(folder / "shape.hpp", text);
    headers = folder;
    return mine;
  }
};

}  // namespace

TEST_CASE(
    "observers: a program is compiled once, lists what it observes, and runs what it is asked") {
  const Desk desk;
  const ObserverProgram program = desk.observers.build(desk.first, desk.reference, Trust::ours);
  INFO(program.log);
  REQUIRE_FALSE(program.program.empty());
  const ObserverProgram again = desk.observers.build(desk.first, desk.reference, Trust::ours);
  CHECK(again.program == program.program);
  CHECK(again.seconds == program.seconds);  // once, each call compiled it anew
  const Desk another;
  CHECK(another.observers.build(another.first, another.reference, Trust::ours).seconds == 0);

  const auto infos = desk.observers.list(program);
  REQUIRE(infos.size() > 10);
  CHECK(infos[0].blank == "01.1");
  const std::vector<CaseId> cases = {{0, 3}, {2, 1}};
  const Outcomes one = desk.observers.run(program, 7, cases, Trust::ours);
  const Outcomes same = desk.observers.run(program, 7, {{2, 1}}, Trust::ours);
  const Outcomes other = desk.observers.run(program, 8, cases, Trust::ours);
  REQUIRE(one.size() == 2);
  CHECK(one.at({0, 3}).status == Status::pass);
  // A case's input depends on the seed and on itself, not on what ran before it.
  CHECK(difference(one.at({2, 1}).record, same.at({2, 1}).record).empty());
  CHECK_FALSE(difference(one.at({2, 1}).record, other.at({2, 1}).record).empty());
}

TEST_CASE("observers: what does not compile is tried once, by however many threads") {
  const Desk desk;
  const Overlay mine = desk.with_shape("does_not_compile", "#error broken on purpose\n");
  std::vector<ObserverProgram> programs(4);
  parallel_for(programs.size(), 2, [&](std::size_t i) {
    const Module& module = desk.course.module(i % 2 == 0 ? "01" : "02");
    programs[i] = desk.observers.build(module, mine, Trust::ours);
  });
  for (const ObserverProgram& program : programs) {
    CHECK(program.program.empty());
    CHECK(program.log.find("broken on purpose") != std::string::npos);
  }
  const ObserverProgram again = desk.observers.build(desk.first, mine, Trust::ours);
  CHECK(again.log == desk.observers.build(desk.first, mine, Trust::ours).log);
  CHECK(again.seconds ==
        desk.observers.build(desk.first, mine, Trust::ours).seconds);  // to the digit
}

TEST_CASE("observers: an error that nobody expected has its name as people write it") {
  const Desk desk;
  std::string shape = read_text(desk.reference.folder.at("01_tensor") / "shape.hpp");
  const std::string begin = "// BEGIN SOLUTION 01.1\n";
  shape.insert(shape.find(begin) + begin.size(), "  throw ShapeError(\"refused\");\n");
  const Overlay mine = desk.with_shape("refuses", shape);
  const ObserverProgram program = desk.observers.build(desk.first, mine, Trust::ours);
  INFO(program.log);
  const Outcomes outcomes = desk.observers.run(program, 7, {{0, 0}}, Trust::ours);
  REQUIRE_FALSE(outcomes.at({0, 0}).record.lines.empty());
  CHECK(outcomes.at({0, 0}).record.lines.back().text == "thrown: tinytorch::ShapeError");
}

TEST_CASE("observers: a case that kills the program costs itself only") {
  const Desk desk;
  const ObserverProgram program = desk.observers.build(desk.first, desk.reference, Trust::ours);
  // The program ends with an error at an observation that it does not have.
  const Outcomes outcomes = desk.observers.run(program, 7, {{0, 0}, {999, 0}, {1, 0}}, Trust::ours);
  CHECK(outcomes.at({0, 0}).status == Status::pass);
  CHECK(outcomes.at({999, 0}).status == Status::crash);
  CHECK(outcomes.at({1, 0}).status == Status::pass);
}

TEST_CASE("observers: whoever never ends gets less time, module after module") {
  const fs::path program = fs::path(TEST_FOLDER) / "never_ends";
  write_atomically(program, "#!/bin/sh\nexec sleep 60\n");
  fs::permissions(program, fs::perms::owner_all);
  const Desk desk;
  const Observers observers(desk.course, test_compiler(), fs::path(TEST_FOLDER) / "observers",
                            Sandbox(), 0.4);
  ObserverProgram never_ends;
  never_ends.program = program;
  const auto words = [&] {
    const Outcomes outcomes =
        observers.run(never_ends, 7, {{0, 0}, {0, 1}, {0, 2}, {0, 3}}, Trust::stranger);
    CHECK(outcomes.at({0, 0}).status == Status::timeout);
    CHECK(outcomes.at({0, 3}).status == Status::not_run);
    return outcomes.at({0, 0}).words;
  };
  CHECK(words() == "did not end: nothing came for 0.4 s");
  CHECK(words() == "did not end: nothing came for 0.4 s");
  CHECK(words() == "did not end: nothing came for 0.05 s");
}

TEST_CASE("case_seed: the same for the same text, another with another key or module") {
  const Desk desk;
  const auto seed = [&](const char* module, const char* key) {
    return case_seed(desk.course, desk.course.module(module), desk.reference, key);
  };
  CHECK(seed("01", "key") == seed("01", "key"));
  CHECK(seed("01", "key") != seed("01", "other"));
  CHECK(seed("01", "key") != seed("02", "key"));
  CHECK(seed("01", "") != seed("01", "key"));
}

TEST_CASE("cache: what is compiled goes when it is old, source text stays") {
  // Once, forwarding headers went, and every precompiled header that had read them was broken.
  const fs::path folder = fs::path(TEST_FOLDER) / "old_cache";
  fs::remove_all(folder);
  const ObjectCache cache(folder);
  const fs::path object = cache.place("0123", "o"), header = folder / "overlays/a/tinytorch/t.hpp";
  for (const fs::path& file : {object, header}) {
    write_if_changed(file, std::string(1000, 'x'));
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }
  cache.shrink(0);
  CHECK_FALSE(fs::exists(object));
  CHECK(fs::exists(header));
}
