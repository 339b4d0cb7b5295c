#include "earlier_modules.hpp"

#include <set>

#include "files.hpp"
#include "hash.hpp"
#include "shown_names.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// What every test includes as soon as there is a tensor.
fs::path tensor_close(const Course& course) {
  return course.root / "tests" / "support" / "tensor_close.hpp";
}

/// The given code that a module's headers include, each header once.
std::string given_code(const fs::path& folder) {
  std::set<std::string> includes;
  for (const fs::path& file : list_files(folder, ".hpp")) {
    for (const std::string& line : split_lines(read_text(file))) {
      const std::string include(trim(line.substr(0, line.find("//"))));
      if (include.starts_with("#include <tinytorch/support/")) includes.insert(include);
    }
  }
  std::string text;
  for (const std::string& include : includes) text += include + '\n';
  return text;
}

}  // namespace

EarlierModules::EarlierModules(const Course& course, const Compiler& compiler,
                               const TestBench& bench, const ObjectCache& cache,
                               const Overlay& overlay, const Module& last,
                               const std::vector<std::string>& flags)
    : course_(course),
      compiler_(compiler),
      bench_(bench),
      cache_(cache),
      overlay_(overlay.up_to(course, last.number() - 1)),
      flags_(flags) {
  if (!compiler.is_clang()) return;
  ContentHash content, place;
  content.add("earlier 2").add(bench.key).add(support_hash(course));
  for (const std::string& flag : flags) content.add(flag);
  for (const Module* module : course.available()) {
    const auto found = overlay_.folder.find(module->id);
    if (found == overlay_.folder.end()) continue;
    text_ += "#include <tinytorch/" + module->header + ">\n";
    content.add(module_hash(course, *module, found->second));
    place.add(fs::absolute(found->second).string());
  }
  if (text_.empty()) return;  // the first module: its given code needs its own headers
  if (fs::exists(tensor_close(course))) {
    text_ += "#if __has_include(<tinytorch/tensor.hpp>)\n#include \"" +
             tensor_close(course).string() + "\"\n#endif\n";
    content.add(read_text(tensor_close(course)));
  }
  const auto found = overlay.folder.find(last.id);
  if (found != overlay.folder.end()) text_ += given_code(found->second);
  key_ = content.add(text_).hex();
  // The precompiled header knows where the files lie that it was made of; the code does not.
  const std::string placed = place.add(key_).hex();
  header_ = cache.place(placed, "hpp");
  precompiled_ = cache.place(placed, "pch");
  code_ = cache.place(key_, "earlier.o");
}

bool EarlierModules::make() const {
  const bool has_precompiled = cache_.has(precompiled_);
  if (has_precompiled && cache_.has(code_)) return true;
  fs::create_directories(header_.parent_path());
  const FileLock lock(header_.string() + ".lock");
  if (!cache_.has(precompiled_) && !make_precompiled()) return false;
  if (cache_.has(code_)) return true;
  // The object is made of the precompiled header alone: the bench's is named inside it.
  return cache_.make(code_, [&](const fs::path& to) {
    std::vector<std::string> arguments = bench_.code_flags;
    arguments.insert(arguments.end(), {"-c", precompiled_.string(), "-o", to.string()});
    return compiler_.run(arguments).ok;
  });
}

bool EarlierModules::make_precompiled() const {
  write_if_changed(header_, text_);
  std::vector<std::string> arguments = bench_.compile_flags;
  const auto add = [&](const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
  };
  add({"-I", written_overlay(course_, cache_, overlay_).string()});
  add(short_names(course_, compiler_, overlay_));
  add(flags_);
  add(precompiled_with_code());
  add({"-x", "c++-header", header_.string(), "-o"});
  return cache_.make(precompiled_, [&](const fs::path& to) {
    std::vector<std::string> all = arguments;
    all.push_back(to.string());
    return compiler_.run(all).ok;
  });
}

}  // namespace grader
