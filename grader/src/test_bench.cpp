#include "test_bench.hpp"

#include <algorithm>
#include <functional>

#include "catch_library.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "overlay.hpp"
#include "parallel.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using Arguments = std::vector<std::string>;

void append(Arguments& list, const Arguments& more) {
  list.insert(list.end(), more.begin(), more.end());
}

void must_compile(const Compiler& compiler, const Arguments& arguments, const std::string& what) {
  const CompilerRun run = compiler.run(arguments);
  if (!run.ok)
    throw InfrastructureError("cannot compile " + what + ", which every test needs\n" + run.log);
}

std::string bench_key(const Course& course, const Compiler& compiler, const Profile& profile,
                      const CatchLibrary& library) {
  ContentHash hash;
  hash.add("bench 3").add(compiler.identity()).add(library.identity);
  for (const auto* list : {&profile.compile, &library.compile_flags, &library.link_inputs}) {
    for (const std::string& word : *list) hash.add(word);
    hash.add("");
  }
  for (const char* name : {"pch.hpp", "tt_catch.hpp", "crash_report.hpp", "recorder.cpp"}) {
    const fs::path file = course.root / "tests" / "support" / name;
    hash.add(file.string()).add(read_text(file));
  }
  for (const fs::path& file : list_files(course.root / "modules" / "support", ".hpp")) {
    hash.add(file.string()).add(read_text(file));
  }
  return hash.hex();
}

}  // namespace

Arguments precompiled_with_code() {
  return {"-fpch-instantiate-templates", "-fpch-codegen", "-fpch-debuginfo", "-Xclang",
          "-fno-pch-timestamp"};
}

TestBench prepare_bench(const Course& course, const Compiler& compiler, const Profile& profile,
                        const ObjectCache& cache, int jobs) {
  const CatchLibrary library = find_catch(course.root);
  const fs::path support = course.root / "tests" / "support";
  const std::string key = bench_key(course, compiler, profile, library);
  // g++ looks for NAME.gch beside NAME, so NAME has to exist and to mean the same.
  const fs::path header = cache.place(key, "pch.hpp");
  const fs::path precompiled = cache.place(key, compiler.is_clang() ? "pch" : "pch.hpp.gch");
  const fs::path precompiled_code = cache.place(key, "pch.o");  // clang only
  const fs::path recorder = cache.place(key, "recorder.o");

  Arguments common = profile.compile;
  append(common, library.compile_flags);
  append(common, {"-pipe", "-I", support.string()});

  TestBench bench{key, {}, profile.compile, {recorder.string()}};
  // All inline functions go into a header's code, also those that nobody calls and that call what
  // is nowhere (std::filesystem has one): the linker drops these, if each has its own section.
  bench.code_flags.push_back("-ffunction-sections");
  if (compiler.is_clang()) bench.link_inputs.push_back("-Wl,--gc-sections");
  bench.compile_flags = compiler.is_clang() ? Arguments{"-include-pch", precompiled.string()}
                                            : Arguments{"-include", header.string()};
  append(bench.compile_flags, common);
  if (compiler.is_clang()) bench.link_inputs.push_back(precompiled_code.string());
  append(bench.link_inputs, library.link_inputs);

  const auto is_ready = [&] {
    return cache.has(header) && cache.has(precompiled) && cache.has(recorder) &&
           (!compiler.is_clang() || cache.has(precompiled_code));
  };
  if (is_ready()) return bench;
  fs::create_directories(header.parent_path());
  const FileLock lock(cache.place(key, "lock"));
  if (is_ready()) return bench;  // somebody else made it while we waited

  write_if_changed(header, "#include \"" + (support / "pch.hpp").string() + "\"\n");
  const auto make_precompiled = [&](const fs::path& to) {
    Arguments arguments = common;
    if (compiler.is_clang()) append(arguments, precompiled_with_code());
    append(arguments, {"-x", "c++-header", header.string(), "-o", to.string()});
    must_compile(compiler, arguments, "tests/support/pch.hpp");
    return true;
  };
  const auto make_code = [&](const fs::path& to) {
    Arguments arguments = bench.code_flags;
    append(arguments, {"-c", precompiled.string(), "-o", to.string()});
    must_compile(compiler, arguments, "tests/support/pch.hpp");
    return true;
  };
  const auto make_recorder = [&](const fs::path& to) {
    const fs::path include =
        write_overlay(course, Overlay{}, cache.folder() / "overlays" / "support");
    Arguments arguments = common;
    if (library.needs_implementation) arguments.push_back("-DTT_CATCH_IMPLEMENTATION");
    append(arguments,
           {"-I", include.string(), "-c", (support / "recorder.cpp").string(), "-o", to.string()});
    must_compile(compiler, arguments, "tests/support/recorder.cpp");
    return true;
  };
  const std::vector<std::function<void()>> steps = {
      [&] {
        cache.make(precompiled, make_precompiled);
        if (compiler.is_clang()) cache.make(precompiled_code, make_code);
      },
      [&] { cache.make(recorder, make_recorder); },
  };
  parallel_for(steps.size(), jobs, [&](std::size_t i) { steps[i](); });
  return bench;
}

}  // namespace grader
