// grader / test_group.hpp: several test sources as one compile.
//
// Most of a compile goes into reading and compiling the framework's headers, whatever the test:
// three sources together cost hardly more than one. So the sources of a module are spread over as
// many groups as there are processors. Each source keeps a namespace of its own, and one that does
// not compile is later tried alone.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace grader {

struct TestSource {
  std::filesystem::path file;
  std::string text;
};

/// Indices into `sources`, in order within each group. A source that touches more than its own
/// namespace (macros, or additions to namespaces tinytorch, tt_test, Catch, std) is alone in its
/// group.
std::vector<std::vector<std::size_t>> plan_groups(const std::vector<TestSource>& sources,
                                                  int groups);

/// One source file that holds them all: first every #include, then each source in a namespace.
std::string group_text(const std::vector<TestSource>& sources,
                       const std::vector<std::size_t>& group);

/// Only the #include lines: does what the student wrote compile at all?
std::string includes_text(const std::vector<TestSource>& sources,
                          const std::vector<std::size_t>& group);

}  // namespace grader
