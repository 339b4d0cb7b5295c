// grader / overlay.hpp: which tensor.hpp does #include <tinytorch/tensor.hpp> mean?
//
// An overlay is a folder of forwarding headers that decides it module by module, so that no source is copied:
//     <tinytorch/tensor.hpp>        -> FOLDER_OF_01/tensor.hpp        the module's own header
//     <tinytorch/tensor/views.hpp>  -> FOLDER_OF_01/views.hpp         its other headers
//     <tinytorch/support/todo.hpp>  -> root/modules/support/todo.hpp  given code, the same in every overlay
// Interface:  Overlay::student / reference / isolated / prefix choose the folders; write_overlay makes the tree.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "course.hpp"
#include "object_cache.hpp"

namespace grader {

struct Overlay {
  std::map<std::string, std::filesystem::path> folder;  // module id -> the folder of its headers

  static Overlay reference(const Course&);  // solutions/ everywhere
  static Overlay student(const Course&, const std::filesystem::path& tree);  // tree/modules/NN_name
  /// Module `n` from `mine`, the rest from `rest`.
  static Overlay isolated(const Overlay& mine, const Overlay& rest, const Module& n);
  /// Modules with number <= k from `first`, the rest from `rest`.
  static Overlay prefix(const Course&, const Overlay& first, const Overlay& rest, int k);

  /// Only the modules with number <= k.
  Overlay up_to(const Course&, int k) const;
};

/// Writes the forwarding headers below `out` and returns the include folder. Rewrites only what differs.
std::filesystem::path write_overlay(const Course&, const Overlay&,
                                    const std::filesystem::path& out);

/// The same in a folder of the cache, whose name says what the overlay is made of.
std::filesystem::path written_overlay(const Course&, const ObjectCache&, const Overlay&);

/// Hashes of what <tinytorch/...> brings in, for cache keys: content and shown names (shown_names.hpp), not where
/// the files lie. Given code; one module from `folder`; and both of all modules up to `last`.
std::string support_hash(const Course&);
std::string module_hash(const Course&, const Module&, const std::filesystem::path& folder);
std::string overlay_hash(const Course&, const Overlay&, const Module& last);

}  // namespace grader
