#include "earlier_modules.hpp"

#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

std::vector<const Module*> modules_before(const Course& course, const Overlay& overlay,
                                          const Module& last) {
  std::vector<const Module*> earlier;
  for (const Module* module : course.available()) {
    if (module->number() < last.number() && overlay.folder.count(module->id) != 0) {
      earlier.push_back(module);
    }
  }
  return earlier;
}

}  // namespace

std::optional<EarlierModules> prepare_earlier(const Course& course, const Compiler& compiler,
                                              const TestBench& bench, const ObjectCache& cache,
                                              const Overlay& overlay, const Module& last,
                                              const std::vector<std::string>& flags) {
  const auto earlier = modules_before(course, overlay, last);
  if (!compiler.is_clang() || earlier.empty()) return std::nullopt;

  std::string text;
  for (const Module* module : earlier) text += "#include <tinytorch/" + module->header + ">\n";
  const fs::path tensor_close = course.root / "tests" / "support" / "tensor_close.hpp";
  if (fs::exists(tensor_close)) {
    text += "#if __has_include(<tinytorch/tensor.hpp>)\n#include \"" + tensor_close.string() +
            "\"\n#endif\n";
  }

  ContentHash hash;
  hash.add("earlier 1").add(bench.key).add(overlay_hash(course, overlay, *earlier.back()));
  hash.add(text).add(fs::exists(tensor_close) ? read_text(tensor_close) : "");
  for (const std::string& flag : flags) hash.add(flag);
  const std::string key = hash.hex();
  const fs::path header = cache.place(key, "hpp");
  const fs::path precompiled = cache.place(key, "pch");
  const fs::path code = cache.place(key, "o");
  const EarlierModules made{precompiled.string(), code.string()};
  if (cache.has(precompiled) && cache.has(code)) return made;

  fs::create_directories(header.parent_path());
  const FileLock lock(cache.place(key, "lock"));
  write_if_changed(header, text);
  const auto compile = [&](const fs::path& to, const std::vector<std::string>& more) {
    return cache.make(to, [&](const fs::path& temporary) {
      std::vector<std::string> arguments = flags;
      arguments.insert(arguments.end(), more.begin(), more.end());
      arguments.insert(arguments.end(), {"-o", temporary.string()});
      return compiler.run(arguments).ok;
    });
  };
  std::vector<std::string> make_precompiled = precompiled_with_code();
  make_precompiled.insert(make_precompiled.end(), {"-x", "c++-header", header.string()});
  if (!cache.has(precompiled) && !compile(precompiled, make_precompiled)) return std::nullopt;
  // The object is made of the precompiled header alone: the bench's is named inside it.
  const bool compiled = cache.make(code, [&](const fs::path& to) {
    std::vector<std::string> arguments = bench.code_flags;
    arguments.insert(arguments.end(), {"-c", precompiled.string(), "-o", to.string()});
    return compiler.run(arguments).ok;
  });
  if (!compiled) return std::nullopt;
  return made;
}

}  // namespace grader
